/*
 * wrappers_memory: every name of the C library's that gives memory
 *
 * mmap is libfiu's own. What the C library allocates for itself inside one
 * of these is part of it. The loader allocates before it can be asked for
 * the next definition, and may do so while it looks: then there is no memory
 * yet, which it can bear.
 */

#include "harness/fault/guard.h"
#include "harness/fault/junk.h"
#include "harness/fault/ledger.h"
#include "harness/fault/locks.h"
#include "harness/fault/wrap.h"

#include <malloc.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *find(const char *name)
{
    /* The header says that dlsym calls nobody here; it does. */
    static _Thread_local volatile bool looks;
    void *found = NULL;

    if (!looks) {
        looks = true;
        found = dlsym(RTLD_NEXT, name);
        looks = false;
    }
    return found;
}

/* Only where a block comes from: what the others give came from here. */
#define TAKE(block, size)                                                   \
    lca_ledger_take(block, size, __builtin_return_address(0))
#define GIVE(block)                                                         \
    (lca_ledger_give(block), lca_locks_forget_block(block))
#define NOTHING     (void)0

#define CALLER      __builtin_return_address(0)
#define ORDINARY    _Alignof(max_align_t)

/*
 * can: is it a call that can fail? before, after: what is done about the
 * real one. guarded: the answer comes of a guarded block, and is in it.
 * failed: what is answered without memory.
 */
#define ALLOCATES(type, name, call, params, args, can, before, guarded,     \
                  after, failed)                                            \
type name params                                                            \
{                                                                           \
    enum lca_kind kind = LCA_KIND_ENOMEM;                                   \
    type answer;                                                            \
    NEXT_ROW(name);                                                         \
                                                                            \
    if (!next && !(*row.function = find(row.symbol)))                       \
        return failed;                                                      \
    if (lca_strike_armed() && (can)) {                                      \
        kind = lca_strike(call, -1, 0);                                     \
        if (kind)                                                           \
            return failed;                                                  \
    }                                                                       \
    before;                                                                 \
    lca_strike_enter();                                                     \
    if (!(guarded))                                                         \
        answer = next args;                                                 \
    lca_strike_leave();                                                     \
    after;                                                                  \
    return answer;                                                          \
}

#define BLOCK(name, params, args, size, alignment, clear)                   \
    ALLOCATES(void *, name, LCA_FAULTY_##name, params, args, true, NOTHING, \
              (answer = lca_guard_take(size, alignment, clear, CALLER)),    \
              TAKE(answer, size), lca_wrap_null(kind))
/* What is asked for nothing is freed, and that does not fail. */
#define BLOCK_AGAIN(name, params, args, size)                               \
    ALLOCATES(void *, name, LCA_FAULTY_##name, params, args, (size) > 0,    \
              GIVE(old), again(old, size, CALLER, &answer),                 \
              TAKE(answer, size), lca_wrap_null(kind))

/* 0: it does not fit, or nothing was asked for. */
static size_t product(size_t count, size_t size)
{
    size_t all;

    return __builtin_mul_overflow(count, size, &all) ? 0 : all;
}

static bool again(void *old, size_t size, const void *caller, void **answer)
{
    bool guarded = lca_guard_owns(old);

    *answer = guarded ? lca_guard_again(old, size, caller)
            : old ? NULL
            : lca_guard_take(size, ORDINARY, false, caller);
    return guarded || *answer;
}

static bool take_into(void **at, size_t size, size_t alignment,
                      const void *caller)
{
    void *block = lca_guard_take(size, alignment, false, caller);

    if (block)
        *at = block;
    return block != NULL;
}

BLOCK(malloc, (size_t size), (size), size, ORDINARY, false)
BLOCK(calloc, (size_t count, size_t size), (count, size),
      product(count, size), ORDINARY, true)
BLOCK(aligned_alloc, (size_t alignment, size_t size), (alignment, size), size,
      alignment, false)
BLOCK(memalign, (size_t alignment, size_t size), (alignment, size), size,
      alignment, false)
BLOCK_AGAIN(realloc, (void *old, size_t size), (old, size), size)
BLOCK_AGAIN(reallocarray, (void *old, size_t count, size_t size),
            (old, count, size), product(count, size))

ALLOCATES(int, posix_memalign, LCA_FAULTY_posix_memalign,
          (void **block, size_t alignment, size_t size),
          (block, alignment, size), true, NOTHING,
          (answer = 0, take_into(block, size, alignment, CALLER)),
          TAKE(answer ? NULL : *block, size), lca_strike_number(kind))

void free(void *block)
{
    NEXT_ROW(free);

    if (!next && !(*row.function = find(row.symbol)))
        return;
    GIVE(block);
    if (lca_guard_owns(block)) {
        lca_guard_give(block, CALLER);
    } else {
        lca_junk_end(block);
        next(block);
    }
}

size_t malloc_usable_size(void *block)
{
    NEXT_ROW(malloc_usable_size);

    if (!next && !(*row.function = find(row.symbol)))
        return 0;
    return lca_guard_owns(block) ? lca_guard_size(block) : next(block);
}

#define COPY(name, call, params, args)                                      \
    ALLOCATES(char *, name, LCA_FAULTY_##call, params, args, true, NOTHING, \
              false, NOTHING, lca_wrap_null(kind))
/* The caller's pointer is left alone, and nothing is read. */
#define TEXT(type, name, call, params, args)                                \
    ALLOCATES(type, name, call, params, args, true, NOTHING, false, NOTHING,\
              lca_wrap_minus(kind))

COPY(strdup, strdup, (const char *text), (text))
COPY(strndup, strndup, (const char *text, size_t length), (text, length))
TEXT(int, vasprintf, LCA_FAULTY_vasprintf,
     (char **text, const char *format, va_list list), (text, format, list))
TEXT(ssize_t, getline, LCA_FAULTY_getline,
     (char **line, size_t *size, FILE *file), (line, size, file))
TEXT(ssize_t, getdelim, LCA_FAULTY_getdelim,
     (char **line, size_t *size, int delimiter, FILE *file),
     (line, size, delimiter, file))

/* Other names of these, in hardened programs and in old ones. */
char *__strdup(const char *text);
char *__strndup(const char *text, size_t length);
int __vasprintf_chk(char **text, int flag, const char *format, va_list list);
int __asprintf_chk(char **text, int flag, const char *format, ...);

COPY(__strdup, strdup, (const char *text), (text))
COPY(__strndup, strndup, (const char *text, size_t length), (text, length))
TEXT(int, __vasprintf_chk, LCA_FAULTY_vasprintf,
     (char **text, int flag, const char *format, va_list list),
     (text, flag, format, list))
/* An inline getline becomes this. */
TEXT(ssize_t, __getdelim,
     delimiter == '\n' ? LCA_FAULTY_getline : LCA_FAULTY_getdelim,
     (char **line, size_t *size, int delimiter, FILE *file),
     (line, size, delimiter, file))

/* With a list of arguments, which only a function of lists can pass on. */
#define PRINTS(name, params, list_name, list_args)                          \
int name params                                                             \
{                                                                           \
    enum lca_kind kind = LCA_KIND_NONE;                                     \
    va_list list;                                                           \
    int length;                                                             \
                                                                            \
    if (lca_strike_armed())                                                 \
        kind = lca_strike(LCA_FAULTY_asprintf, -1, 0);                      \
    if (kind)                                                               \
        return lca_wrap_minus(kind);                                        \
    lca_strike_enter();                                                     \
    va_start(list, format);                                                 \
    length = list_name list_args;                                           \
    va_end(list);                                                           \
    lca_strike_leave();                                                     \
    return length;                                                          \
}

PRINTS(asprintf, (char **text, const char *format, ...), vasprintf,
       (text, format, list))
PRINTS(__asprintf_chk, (char **text, int flag, const char *format, ...),
       __vasprintf_chk, (text, flag, format, list))
