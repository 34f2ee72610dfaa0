#include "harness/model/walk.h"

#include "harness/mapi/mapi.h"

#include <string.h>

/* Release may be among the calls: there are references for it to give. */
enum { SPARE = 2 };

static struct lca_position start(const struct lca_case *c)
{
    bool off = c->from == LCA_IN_LOGGED_OFF;

    if (c->from == LCA_IN_UNINITIALIZED)
        return (struct lca_position){ LCA_IN_UNINITIALIZED, 0, 0 };
    return (struct lca_position){ off ? LCA_IN_LOGGED_OFF : LCA_IN_LOGGED_ON,
                                  1, off ? 1 + SPARE : 1 };
}

static enum lca_move move_of(uint32_t call)
{
    return (enum lca_move)(call & 0xFF);
}

static enum lca_method method_of(uint32_t call)
{
    return (enum lca_method)(call >> 8);
}

void lca_walk_of_cell(const struct lca_case *c, unsigned cell,
                      struct lca_walk *walk)
{
    walk->count = 0;
    for (const struct lca_axis *a = c->axes; a && a->name; a++) {
        uint32_t call = a->values[cell % a->count].value;

        if (move_of(call) != LCA_MOVE_NOTHING)
            walk->calls[walk->count++] = call;
        cell /= a->count;
    }
}

bool lca_walk_cell(const struct lca_case *c, const struct lca_walk *walk,
                   unsigned *cell)
{
    const struct lca_axis *a = c->axes;
    unsigned weight = 1;

    *cell = 0;
    for (unsigned i = 0; i < walk->count; i++, a++) {
        unsigned at = 0;

        if (!a || !a->name)
            return false;
        while (at < a->count && a->values[at].value != walk->calls[i])
            at++;
        if (at == a->count)
            return false;
        *cell += at * weight;
        weight *= a->count;
    }
    return true;
}

/* A xorshift, whose state is never 0. */
static uint32_t draw(uint64_t *state, uint32_t below)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return (uint32_t)((*state >> 16) % below);
}

/* One of the moves that are the client's to do here; half are METHOD. */
static const struct lca_edge *choose(const struct lca_machine *machine,
                                     const struct lca_position *p, bool shared,
                                     uint64_t *state)
{
    const struct lca_edge *all[LCA_MOVE_COUNT];
    const struct lca_edge *method = lca_machine_find(machine, p,
                                                     LCA_MOVE_METHOD);
    unsigned count = 0;

    for (unsigned m = LCA_MOVE_NOTHING + 1; m < LCA_MOVE_METHOD; m++) {
        all[count] = lca_machine_find(machine, p, (enum lca_move)m);
        count += all[count] && (shared || m != LCA_MOVE_LOGON_SHARED);
    }
    return method && draw(state, 2) ? method : all[draw(state, count)];
}

void lca_walk_random(const struct lca_case *c, uint32_t seed, bool shared,
                     const struct lca_probes *probes, struct lca_walk *walk)
{
    struct lca_position p = start(c);
    uint64_t state = seed * UINT64_C(0x9E3779B97F4A7C15);

    for (int i = 0; i < 4; i++)
        draw(&state, 1); /* seeds are small: their bits are spread */
    walk->count = 0;
    while (walk->count < LCA_WALK_MAX) {
        const struct lca_edge *edge = choose(c->machine, &p, shared, &state);
        unsigned method = edge->move == LCA_MOVE_METHOD && probes->count
                        ? probes->methods[draw(&state, probes->count)] : 0;

        walk->calls[walk->count++] = LCA_WALK_CALL(edge->move, method);
        lca_machine_go(&p, edge);
    }
}

/* How a move is played. */
static const struct lca_step played[LCA_MOVE_COUNT] = {
    [LCA_MOVE_INITIALIZE]    = { LCA_INITIALIZE },
    [LCA_MOVE_UNINITIALIZE]  = { LCA_UNINITIALIZE },
    [LCA_MOVE_LOGON]         = { LCA_LOGON },
    [LCA_MOVE_LOGON_SHARED]  = { LCA_LOGON, .kind = LCA_OFFERED },
    [LCA_MOVE_LOGOFF]        = { LCA_LOGOFF },
    [LCA_MOVE_LOGOFF_SHARED] = { LCA_LOGOFF, .flags = MAPI_LOGOFF_SHARED },
    [LCA_MOVE_ADDREF]        = { LCA_ADDREF },
    [LCA_MOVE_RELEASE]       = { LCA_RELEASE },
    [LCA_MOVE_QUERY]         = { LCA_CALL,
                                 .method = LCA_IUnknown_QueryInterface },
    [LCA_MOVE_LAST_ERROR]    = { LCA_CALL,
                                 .method = LCA_IMAPISession_GetLastError },
    [LCA_MOVE_METHOD]        = { LCA_CALL },
};

/* In a case of another clause it has to work where the walk rests on it. */
static enum lca_want want(const struct lca_case *c, const struct lca_edge *edge)
{
    if (strcmp(edge->clause, c->clause) == 0)
        return edge->want;
    return edge->then != edge->place || edge->move == LCA_MOVE_INITIALIZE
               ? LCA_WANT_SETUP
               : LCA_WANT_OFFERED;
}

static bool is_probe(const struct lca_probes *probes, enum lca_method method)
{
    for (unsigned i = 0; i < probes->count; i++)
        if (probes->methods[i] == method)
            return true;
    return false;
}

/* A session is prepared for the calls to come, and tidied before it goes. */
static void add_move(struct lca_script *s, const struct lca_case *c,
                     struct lca_position *p, const struct lca_edge *edge,
                     enum lca_method method)
{
    struct lca_step step = played[edge->move];
    bool held = lca_machine_holds(p);

    step.want = want(c, edge);
    if (edge->move == LCA_MOVE_METHOD)
        step.method = method;
    lca_machine_go(p, edge);
    if (held && !lca_machine_holds(p))
        lca_script_add(s, (struct lca_step){ LCA_TIDY });
    lca_script_add(s, step);
    if (!held && lca_machine_holds(p))
        lca_script_add(s, (struct lca_step){ LCA_PREPARE });
}

static void begin(struct lca_script *s, const struct lca_position *p)
{
    if (p->place == LCA_IN_UNINITIALIZED)
        return;
    lca_script_add(s, (struct lca_step){ LCA_INITIALIZE });
    lca_script_add(s, (struct lca_step){ LCA_LOGON });
    for (unsigned i = 1; i < p->references; i++)
        lca_script_add(s, (struct lca_step){ LCA_ADDREF });
    lca_script_add(s, (struct lca_step){ LCA_PREPARE });
    if (p->place == LCA_IN_LOGGED_OFF)
        lca_script_add(s, (struct lca_step){ LCA_LOGOFF });
}

static void end(struct lca_script *s, const struct lca_case *c,
                const struct lca_position *p)
{
    const struct lca_edge *edge = lca_machine_find(c->machine, p,
                                                   LCA_MOVE_RELEASE);

    if (edge) {
        lca_script_add(s, (struct lca_step){ LCA_TIDY });
        lca_script_add(s, (struct lca_step){ LCA_RELEASE_ALL,
                                             .want = want(c, edge) });
    }
    lca_script_add(s, (struct lca_step){ LCA_UNINITIALIZE_ALL });
}

bool lca_walk_asks(const struct lca_script *script)
{
    for (unsigned i = 0; i < script->count; i++)
        if (script->steps[i].want != LCA_WANT_SETUP &&
            script->steps[i].want != LCA_WANT_OFFERED)
            return true;
    return false;
}

struct lca_result lca_walk_build(const struct lca_case *c,
                                 const struct lca_walk *walk,
                                 const struct lca_probes *probes,
                                 struct lca_script *s)
{
    struct lca_position p = start(c);

    lca_script_clear(s);
    begin(s, &p);
    for (unsigned i = 0; i < walk->count; i++) {
        enum lca_move move = move_of(walk->calls[i]);
        enum lca_method method = method_of(walk->calls[i]);
        const struct lca_edge *edge = lca_machine_find(c->machine, &p, move);

        if (edge && (move != LCA_MOVE_METHOD || is_probe(probes, method)))
            add_move(s, c, &p, edge, method);
    }
    end(s, c, &p);
    return lca_script_close(c, s);
}
