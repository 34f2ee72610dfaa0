/*
 * bench: how fast trials could be, beside how fast they are
 *
 *     lca_bench REPEATS JOBS TRIALS COMMAND
 *     lca_bench once JOBS COMMAND
 *
 * TRIALS is what a host was told in a run of COMMAND: the same steps are
 * played here by a loop as one would write it by hand, a fork a trial, with a
 * server and a folder of its own for each job, as lastcall has them. COMMAND
 * is started with -j1 and -jJOBS after it. Each row is measured REPEATS
 * times, in turns with the others; medians are printed. `once` is COMMAND's.
 *
 * What the loop spares itself is what lastcall is for: deadlines, process
 * groups, crash handlers, limits, orphans, output, libfiu's wrappers, exact
 * heap counts, judging, reports. What MAPILogonEx gives is believed.
 */

#include "harness/host/peer.h"
#include "harness/mapi/call.h"
#include "harness/platform/clock.h"
#include "harness/platform/scratch.h"
#include "harness/platform/shared.h"
#include "harness/subject/client.h"
#include "harness/subject/ops.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { REPEATS_MAX = 99, JOBS_MAX = 64, LINE = 4096 };

struct trial {
    unsigned first, count;      /* of the steps */
};

/* The file of trials, and what a worker plays them with. */
static struct {
    struct lca_subject_info info;
    struct lca_step *steps;
    unsigned step_count, step_room;
    struct trial *trials;
    unsigned trial_count, trial_room;
    const char *command;
    struct lca_subject *subject;
    struct lca_answer *answers;         /* shared with the trials */
} bench;

static void die(const char *what)
{
    fprintf(stderr, "lca_bench: %s\n", what);
    exit(2);
}

/* What is shared is not copied at each fork, which a loop has no need of. */
static void *shared(void *rows, size_t size)
{
    void *all = lca_shared_new(size);

    if (!all || !rows)
        die("no memory to share");
    memcpy(all, rows, size);
    free(rows);
    return all;
}

static void *grown(void *rows, unsigned count, unsigned *room, size_t size)
{
    if (count < *room)
        return rows;
    *room = *room ? *room * 2 : 1024;
    rows = realloc(rows, *room * size);
    if (!rows)
        die("no memory");
    return rows;
}

/* What the calls after a PREPARE need: it is told in its flags. */
static void tell_needs(const struct trial *t)
{
    for (unsigned i = t->first; i < t->first + t->count; i++) {
        struct lca_step *s = &bench.steps[i];

        if (s->op == LCA_PREPARE)
            s->flags = lca_ops_needs(bench.steps, t->first + t->count, i);
    }
}

static void read_line(char *line)
{
    char *rest, *word = lca_wire_word(line, &rest);
    struct trial *last = bench.trial_count
                       ? &bench.trials[bench.trial_count - 1] : NULL;
    struct lca_step step;
    bool good = true;

    if (strcmp(word, "subject") == 0) {
        good = lca_wire_read_subject(rest, &bench.info);
    } else if (strcmp(word, "play") == 0) {
        bench.trials = grown(bench.trials, bench.trial_count,
                             &bench.trial_room, sizeof *bench.trials);
        bench.trials[bench.trial_count++] =
            (struct trial){ .first = bench.step_count };
    } else if (strcmp(word, "step") == 0 && last) {
        good = lca_wire_read_step(rest, &step);
        bench.steps = grown(bench.steps, bench.step_count, &bench.step_room,
                            sizeof *bench.steps);
        bench.steps[bench.step_count++] = step;
        last->count++;
    } else if (strcmp(word, "go") == 0 && last) {
        tell_needs(last);
    } else {
        good = false;
    }
    if (!good)
        die("a line of the trials is not understood");
}

static void read_trials(const char *path)
{
    FILE *file = fopen(path, "re");
    char line[LINE];

    if (!file)
        die("the file of trials cannot be opened");
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = '\0';
        read_line(line);
    }
    fclose(file);
    if (!bench.step_count || !*bench.info.path || bench.info.create)
        die("no trials, no subject, or one with a profile to create");
    bench.steps = shared(bench.steps, bench.step_count * sizeof *bench.steps);
    bench.trials = shared(bench.trials,
                          bench.trial_count * sizeof *bench.trials);
    bench.answers = shared(calloc(LCA_STEPS_MAX, sizeof *bench.answers),
                           LCA_STEPS_MAX * sizeof *bench.answers);
}

static HRESULT enter(enum lca_entry entry, const uintptr_t *arguments,
                     unsigned count)
{
    return (HRESULT)lca_call_entry(lca_subject_entry(bench.subject, entry),
                                   arguments, count);
}

static void log_on(struct lca_client *client, const struct lca_step *step,
                   struct lca_answer *answer)
{
    static const ULONG kinds[LCA_SESSION_KINDS] = {
        [LCA_OFFERED] = MAPI_ALLOW_OTHERS, [LCA_NO_MAIL] = MAPI_NO_MAIL,
    };
    const char *profile = *bench.info.profile ? bench.info.profile : NULL;
    void *session = NULL;
    uintptr_t arguments[] = {
        0, (uintptr_t)profile, 0,
        MAPI_EXTENDED | MAPI_NEW_SESSION | kinds[step->kind] |
        (profile ? MAPI_EXPLICIT_PROFILE : MAPI_USE_DEFAULT) |
        bench.info.logon_flags,
        (uintptr_t)&session,
    };

    answer->code = enter(LCA_ENTRY_MAPILogonEx, arguments, 5);
    *lca_client_session(client, step) =
        (struct lca_session){ .pointer = session, .references = 1 };
}

static lca_client_play *const plays[LCA_OP_COUNT] = {
    [LCA_INITIALIZE]   = lca_client_initialize,
    [LCA_UNINITIALIZE] = lca_client_uninitialize,
    [LCA_LOGON]        = log_on,
    [LCA_LOGOFF]       = lca_client_logoff,
    [LCA_ADDREF]       = lca_client_add_reference,
    [LCA_RELEASE]      = lca_client_release,
    [LCA_RELEASE_ALL]  = lca_client_release_all,
    [LCA_PREPARE]      = lca_client_prepare,
    [LCA_TIDY]         = lca_client_tidy,
    [LCA_CALL]         = lca_client_call,
    [LCA_TOUCH]        = lca_client_touch,
};

/* The trial's process, in each of three loops. */
typedef void trial_body(const struct trial *);

static void nothing(const struct trial *trial) { (void)trial; }

static void five_calls(const struct trial *trial)
{
    void *session = NULL, *self;
    uintptr_t null[] = { 0, 0, 0 };
    uintptr_t logon[] = { 0, 0, 0, MAPI_EXTENDED | MAPI_NEW_SESSION |
                                   MAPI_USE_DEFAULT, (uintptr_t)&session };
    enum lca_abi abi = (enum lca_abi)bench.info.abi;
    lca_function *function;

    (void)trial;
    bench.answers[0].code = enter(LCA_ENTRY_MAPIInitialize, null, 1);
    bench.answers[1].code = enter(LCA_ENTRY_MAPILogonEx, logon, 5);
    self = session;
    function = lca_abi_method(abi, LCA_IMAPISession,
                              LCA_IMAPISession_Logoff, &self);
    bench.answers[2].code = lca_call(function, self, null, 3);
    self = session;
    function = lca_abi_method(abi, LCA_IMAPISession, LCA_IUnknown_Release,
                              &self);
    bench.answers[3].code = lca_call(function, self, NULL, 0);
    enter(LCA_ENTRY_MAPIUninitialize, NULL, 0);
}

static void same_calls(const struct trial *trial)
{
    static char note[sizeof ((struct lca_record *)0)->note];
    static uint32_t reading;
    static struct lca_client client;
    const struct lca_step *steps = &bench.steps[trial->first];

    client = (struct lca_client){ .subject = bench.subject, .note = note,
                                  .info = &bench.info, .reading = &reading };
    for (unsigned i = 0; i < trial->count; i++) {
        if (steps[i].op == LCA_PROBE || (steps[i].if_refused &&
            !lca_client_session(&client, &steps[i])->refused))
            continue;
        if (!plays[steps[i].op])
            abort();            /* the file has a step for others */
        plays[steps[i].op](&client, &steps[i], &bench.answers[i]);
    }
}

/* Every jobs-th trial, in a process of its own. False: one went wrong. */
static bool loop(trial_body *body, unsigned from, unsigned jobs)
{
    bool good = true;

    for (unsigned i = from; good && i < bench.trial_count; i += jobs) {
        int status = 0;
        pid_t pid = fork();

        if (pid == 0) {
            body(&bench.trials[i]);
            _exit(0);
        }
        good = pid > 0 && waitpid(pid, &status, 0) == pid && status == 0;
    }
    return good;
}

static int work(trial_body *body, unsigned from, unsigned jobs)
{
    struct lca_scratch scratch;
    struct lca_child server = { 0 };
    struct lca_result r = lca_scratch_enter(&scratch, "");

    if (!r.code)
        r = lca_peer_keep(&bench.info, &server);
    if (!r.code)
        r = lca_subject_open(bench.info.path, (enum lca_abi)bench.info.abi,
                             &bench.subject);
    if (!r.code && !loop(body, from, jobs))
        r = lca_fail(LCA_SYSTEM, "a trial did not end well");
    if (r.code)
        fprintf(stderr, "lca_bench: %s\n", r.text);
    lca_child_stop(&server);
    lca_scratch_remove(&scratch);
    return r.code != LCA_OK;
}

static int run_command(unsigned jobs)
{
    char command[LINE];

    snprintf(command, sizeof command, "%s -j%u", bench.command, jobs);
    if (!freopen("/dev/null", "w", stdout))
        return 2;
    execl("/bin/sh", "sh", "-c", command, (char *)NULL);
    return 127;
}

struct row {
    const char *name;
    trial_body *body;           /* NULL: the command */
    unsigned jobs;
    double seconds[REPEATS_MAX];
    double cpu[REPEATS_MAX];    /* of all that took part, in seconds */
    double megabytes;           /* the most that a process of it had */
};

static double seconds(struct timeval t)
{
    return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static void measure(struct row *row, unsigned at)
{
    unsigned workers = row->body ? row->jobs : 1;
    uint64_t from = lca_clock_us();
    bool good = true;

    for (unsigned i = 0; i < workers; i++)
        if (fork() == 0)
            _exit(row->body ? work(row->body, i, row->jobs)
                            : run_command(row->jobs));
    for (unsigned i = 0; i < workers; i++) {
        struct rusage used = { 0 };
        int status = 0;

        good &= wait4(-1, &status, 0, &used) > 0 && status == 0;
        row->cpu[at] += seconds(used.ru_utime) + seconds(used.ru_stime);
        if ((double)used.ru_maxrss / 1024 > row->megabytes)
            row->megabytes = (double)used.ru_maxrss / 1024;
    }
    row->seconds[at] = (double)(lca_clock_us() - from) / 1e6;
    if (!good)
        die(row->body ? "a loop failed" : "the command did not answer 0");
}

static int compare(const void *a, const void *b)
{
    return (*(double *)a > *(double *)b) - (*(double *)a < *(double *)b);
}

static double median(const double *values, unsigned count)
{
    double sorted[REPEATS_MAX];

    memcpy(sorted, values, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, compare);
    return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
}

/* Ratios are taken within a turn, so that a machine that is busy harms less. */
static void print(const struct row *row, const struct row *loop,
                  unsigned repeats)
{
    double trials = bench.trial_count, wall[REPEATS_MAX], cpu[REPEATS_MAX];

    for (unsigned i = 0; loop && i < repeats; i++) {
        wall[i] = loop->seconds[i] / row->seconds[i];
        cpu[i] = loop->cpu[i] / row->cpu[i];
    }
    printf("%-25s-j%-2u %8.0f %9.3f %6.0f", row->name, row->jobs,
           trials / median(row->seconds, repeats),
           median(row->cpu, repeats) / trials * 1e3, row->megabytes);
    if (loop)
        printf("  %5.2f %8.2f", median(wall, repeats), median(cpu, repeats));
    printf("\n");
}

static int once(unsigned jobs, const char *command)
{
    static struct row row;

    row.jobs = jobs;
    bench.command = command;
    measure(&row, 0);
    printf("%.1f s, %.1f s of CPU, no process above %.0f MB\n",
           row.seconds[0], row.cpu[0], row.megabytes);
    return 0;
}

static void in_turns(struct row *rows, unsigned count, unsigned repeats)
{
    for (unsigned at = 0; at < repeats; at++)
        for (unsigned i = 0; i < count; i++)
            measure(&rows[i], at);
    printf("%u trials, median of %u\n%-28s %8s %9s %6s  %5s %8s\n",
           bench.trial_count, repeats, "", "trials/s", "CPU ms", "MB",
           "of the", "loop, by CPU");
    for (unsigned i = 0; i < count; i++)
        print(&rows[i], rows[i].body ? NULL : &rows[i - 1], repeats);
}

int main(int argc, char **argv)
{
    unsigned repeats = argc == 5 ? (unsigned)atoi(argv[1]) : 0;
    unsigned jobs = argc > 2 ? (unsigned)atoi(argv[2]) : 0;
    static struct row rows[] = {
        { "fork and waitpid alone", nothing, 1 },
        { "a loop of five calls", five_calls, 1 },
        { "a loop of the same calls", same_calls, 1 },
        { "lastcall", NULL, 1 },
        { "a loop of the same calls", same_calls },
        { "lastcall", NULL },
    };

    if (argc == 4 && strcmp(argv[1], "once") == 0 && jobs)
        return once(jobs, argv[3]);
    if (!repeats || repeats > REPEATS_MAX || !jobs || jobs > JOBS_MAX)
        die("usage: lca_bench REPEATS JOBS TRIALS COMMAND");
    read_trials(argv[3]);
    bench.command = argv[4];
    rows[4].jobs = rows[5].jobs = jobs;
    in_turns(rows, sizeof rows / sizeof *rows, repeats);
    return 0;
}
