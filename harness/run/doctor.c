#include "harness/run/doctor.h"

#include "cases/axes.h"
#include "cases/catalogue.h"
#include "harness/mapi/abi.h"
#include "harness/mapi/code.h"
#include "harness/run/calibrate.h"
#include "harness/run/describe.h"
#include "harness/run/logon.h"

#include <stdlib.h>
#include <string.h>

enum { CELLS = LCA_COUNT_session * LCA_INIT_KINDS };

/* One way to log on, and what came of it. */
struct way {
    struct lca_options options;
    struct lca_pool *pool;
    struct lca_script script;
    struct lca_record record;   /* of the last trial */
    struct lca_record best;     /* of the first that logged on, or the first */
    bool works;
    bool kinds[LCA_SESSION_KINDS], inits[LCA_INIT_KINDS];
};

static struct lca_result play(struct way *w, unsigned cell)
{
    static const struct lca_probes no_probes;
    static const struct lca_calibration nothing;
    struct lca_result r = lca_script_build(&lca_plain_trial, cell, &no_probes,
                                           &w->script);

    if (r.code)
        return r;
    return lca_pool_play(w->pool, &w->script,
                         lca_deadline(&nothing, &w->script,
                                      w->options.timeout_s), &w->record);
}

/*
 * Is there a session of one kind at least? Each kind and each way to
 * initialise is tried, and all of them together while none works. What hangs
 * takes too long to be asked again.
 */
static struct lca_result log_on(struct way *w)
{
    struct lca_result r = lca_ok();
    bool hung = false;

    w->works = false;
    memset(w->kinds, 0, sizeof w->kinds);
    memset(w->inits, 0, sizeof w->inits);
    for (unsigned i = 0; !r.code && !hung && i < CELLS; i++) {
        unsigned kind = i % LCA_COUNT_session, init = i / LCA_COUNT_session;
        bool worked;

        if (w->works && kind && init)
            continue;
        r = play(w, i);
        worked = !r.code && lca_logon_worked(&w->record);
        hung = w->record.ending == LCA_HUNG;
        if (i == 0 || (worked && !w->works))
            w->best = w->record;
        w->works |= worked;
        w->kinds[kind] |= worked;
        w->inits[init] |= worked;
    }
    return r;
}

/* What no other profile and no other ABI could change. */
static bool hopeless(const struct lca_doctor *d, const struct way *w)
{
    const struct lca_record *r = &w->best;

    return d->asked.code == LCA_GONE || r->ending == LCA_HUNG ||
           r->count == 0 || lca_code_failed(r->answers[0].code);
}

/* It logs on; but did the rest of the plain trial come back, too? */
static bool sound(const struct lca_record *r)
{
    return r->ending == LCA_RETURNED || r->ending == LCA_HUNG;
}

/* Steps with their answers and the stack, then what the subject printed. */
static void give_account(struct lca_doctor *d, struct way *w)
{
    static const struct lca_probes no_probes;
    const struct lca_record *r = &w->best;

    /* None logged on, so it is the record of the first. */
    if (lca_script_build(&lca_plain_trial, 0, &no_probes, &w->script).code)
        return;
    lca_describe(w->options.info.path, NULL, &w->script, r, &d->account);
    if (!r->said_length)
        return;
    lca_text_print(&d->account, "it printed:\n");
    lca_text_clean(&d->account, r->said, r->said_length);
    if (r->said[r->said_length - 1] != '\n')
        lca_text_print(&d->account, "\n");
}

/* Of two ways that log on, the one that comes back is the better. */
static void adopt(struct lca_doctor *d, const struct way *w)
{
    if (!w->works || (d->works && (sound(&d->plain) || !sound(&w->best))))
        return;
    d->works = true;
    d->abi = w->options.info.abi;
    d->create = w->options.info.create;
    d->plain = w->best;
    memcpy(d->kinds, w->kinds, sizeof d->kinds);
    memcpy(d->inits, w->inits, sizeof d->inits);
}

static struct lca_result go(struct lca_doctor *d, struct way *w, bool first)
{
    struct lca_pool *pool;
    struct lca_result r = lca_pool_open(&w->options, &pool);

    if (first)
        d->opening = r;
    if (r.code)
        return r;
    w->pool = pool;
    d->threads = lca_pool_threads(pool);
    r = log_on(w);
    lca_pool_close(pool);
    if (r.code)
        return r;
    d->tried = true;
    d->tried_profile |= w->options.info.create != 0;
    d->tried_abi[w->options.info.abi] = true;
    if (first)
        d->plain = w->best;
    if (first && !w->works) {
        d->asked = lca_logon_failed(&w->options, &w->best);
        give_account(d, w);
    }
    adopt(d, w);
    return r;
}

/* As asked for; with a profile of its own; the other ABI; both. */
static struct lca_result every_way(struct lca_doctor *d, struct way *w,
                                   const struct lca_options *o)
{
    bool makes = !o->info.create && !*o->info.profile &&
                 d->binary.exports[LCA_ENTRY_MAPIAdminProfiles];
    struct lca_result r = lca_ok();

    for (unsigned i = 0; !r.code && i < 2 * LCA_ABI_COUNT; i++) {
        if (i % 2 && !makes)
            continue;
        w->options = *o;
        w->options.jobs = 1;
        w->options.info.abi = (o->info.abi + i / 2) % LCA_ABI_COUNT;
        w->options.info.create = o->info.create || i % 2;
        r = go(d, w, i == 0);
        if (d->works ? sound(&d->plain) : hopeless(d, w))
            break;
    }
    return r;
}

void lca_doctor_look(const struct lca_options *o, struct lca_doctor *d)
{
    *d = (struct lca_doctor){ 0 };
    d->file = lca_binary_read(o->info.path, &d->binary);
    if (!d->file.code)
        lca_loader_ask(o->info.path, &d->loader);
}

struct lca_result lca_doctor_ask(const struct lca_options *o,
                                 struct lca_doctor *d)
{
    struct way *w = calloc(1, sizeof *w);
    struct lca_result r;

    if (!w)
        return lca_fail(LCA_SYSTEM, "no memory to ask with");
    r = every_way(d, w, o);
    if (!r.code && !d->works)
        r = d->asked;
    free(w);
    return r;
}

void lca_doctor_free(struct lca_doctor *d)
{
    lca_binary_free(&d->binary);
    lca_loader_free(&d->loader);
    lca_text_free(&d->account);
}
