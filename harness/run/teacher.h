/*
 * teacher: answers what a word of calls is answered by a subject
 *
 * A word that was asked before, or is the beginning of one, is not asked
 * again. What the client may not do where it is by then, and what would make
 * a machine endless (a second initialisation, a third reference), is never
 * tried.
 *
 * Ownership   the teacher is the caller's; its memory is freed by close.
 * Errors      those of the pool; LCA_GONE if answers vary, or are too many
 */

#ifndef LCA_TEACHER_H
#define LCA_TEACHER_H

#include "harness/run/learn.h"
#include "harness/run/runner.h"

enum { LCA_WORD_MAX = LCA_WALK_MAX };

struct lca_word {
    unsigned count;
    unsigned char letters[LCA_WORD_MAX];
};

struct lca_word lca_word_joined(const struct lca_word *a,
                                const struct lca_word *b);

/* What was heard, by what was asked: a tree, whose root is nothing asked. */
struct lca_heard;

struct lca_teacher {
    struct lca_runner *runner;
    struct lca_learnt *out;     /* its letters name the calls */
    uint32_t calls[LCA_LETTERS];
    struct lca_probes working;  /* methods that a live session answers */
    struct lca_case c;          /* without a clause, or with an edge's */
    struct lca_heard *nodes;
    unsigned node_count;
    struct lca_script script;
    struct lca_record record;
};

struct lca_result lca_teacher_open(struct lca_runner *runner,
                                   struct lca_learnt *out,
                                   struct lca_teacher *teacher);
void lca_teacher_close(struct lca_teacher *teacher);

struct lca_result lca_teacher_ask(struct lca_teacher *teacher,
                                  const struct lca_word *word);
/* Of a word that was asked: what its letter before `end` was answered. */
struct lca_reply lca_teacher_heard(const struct lca_teacher *teacher,
                                   const struct lca_word *word, unsigned end);

/* Where the model has a client after a word. */
enum lca_place lca_teacher_place(const struct lca_teacher *teacher,
                                 const struct lca_word *word);
/* The clause that the word's last call breaks, or NULL: plays it again. */
struct lca_result lca_teacher_judge(struct lca_teacher *teacher,
                                    const struct lca_word *word,
                                    const char **breaks);

#endif
