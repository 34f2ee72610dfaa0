/*
 * doctor: everything that is to be known before a run
 *
 * Asks the file, the loader and a host, in this order, and tells facts; what
 * a person reads is made of them in harness/cli. Of the subject nothing runs
 * in this process: what logs on is the trial that a run would play first.
 *
 * As asked for first; if that does not work, with a profile of its own, then
 * with the other ABI, then with both.
 */

#ifndef LCA_DOCTOR_H
#define LCA_DOCTOR_H

#include "harness/mapi/abi.h"
#include "harness/run/binary.h"
#include "harness/run/loader.h"
#include "harness/run/options.h"

struct lca_doctor {
    struct lca_result file;     /* is it an ELF file? */
    struct lca_binary binary;
    struct lca_loader loader;
    struct lca_result opening;  /* by a host, as a run would be told */
    unsigned threads;           /* that opening it started */
    struct lca_result asked;    /* logging on as the options have it */
    bool tried;                 /* a plain trial was played, at all */
    bool tried_profile;         /* one of its own, too */
    bool tried_abi[LCA_ABI_COUNT];
    bool works;                 /* if not so, then with these: */
    uint32_t abi, create;
    struct lca_record plain;    /* of what works, or of what was asked */
    struct lca_text account;    /* of what was asked, if that fails: steps,
                                   stack, and what the subject printed */
    /* Once it works: each kind of session and of MAPIInitialize. */
    bool kinds[LCA_SESSION_KINDS], inits[LCA_INIT_KINDS];
};

/* First what can be read, at once; the file may be no library at all. */
void lca_doctor_look(const struct lca_options *options,
                     struct lca_doctor *doctor);
/*
 * Then a host. Errors: those of a run that would not begin, in the same
 * words; the facts that could be had are there all the same. LCA_OK: `works`.
 */
struct lca_result lca_doctor_ask(const struct lca_options *options,
                                 struct lca_doctor *doctor);
void lca_doctor_free(struct lca_doctor *doctor);

#endif
