/* residue: what a process leaves behind, and what it leaves changed. */

#include "harness/platform/begun.h"
#include "harness/platform/made.h"
#include "harness/platform/maps.h"
#include "harness/platform/state.h"
#include "harness/platform/things.h"
#include "harness/selftest/apart.h"
#include "harness/selftest/suites.h"
#include "harness/watch/census.h"
#include "harness/watch/residue.h"

#include <fcntl.h>
#include <inttypes.h>
#include <locale.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

struct seen {
    unsigned count;
    const char *name;           /* to look for */
    unsigned named;
};

static void see(void *seen, uint64_t identity, const char *name)
{
    struct seen *s = seen;

    (void)identity;
    s->count++;
    s->named += s->name && strstr(name, s->name) != NULL;
}

static unsigned made(enum lca_made kind)
{
    struct seen seen = { 0 };

    lca_made_each(kind, see, &seen);
    return seen.count;
}

static void touch(const char *path)
{
    close(open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
    lca_made_path(path);
}

static void makes_files(void)
{
    char folder[] = "/tmp/lastcall-made-XXXXXX";

    LCA_APART(mkdtemp(folder) && chdir(folder) == 0);
    lca_made_path("early");             /* nothing is kept yet */
    LCA_APART(lca_made_begin());
    LCA_APART(made(LCA_MADE_FILE) == 0);
    touch("one");
    touch("one");
    touch("daily.LOG.1");
    lca_made_at(open(".", O_DIRECTORY | O_CLOEXEC), "one");
    lca_made_path("never-made");
    lca_made_path("/dev/null");
    LCA_APART(made(LCA_MADE_FILE) == 1);
    LCA_APART(made(LCA_MADE_MEMORY) == 0);
    LCA_APART(unlink("one") == 0);
    LCA_APART(made(LCA_MADE_FILE) == 0);
    LCA_APART(unlink("daily.LOG.1") == 0 && rmdir(folder) == 0);
}

/* What it made itself is tidied up; what has a name of its own stays. */
static void makes_what_stays(void)
{
    char mine[64], shared[64];
    int memory, set;

    LCA_APART(lca_made_begin());
    snprintf(mine, sizeof mine, "/lastcall-made-%d-1", (int)getpid());
    snprintf(shared, sizeof shared, "/lastcall-made-%d", (int)getppid());
    close(shm_open(mine, O_CREAT | O_RDWR, 0600));
    lca_made_name(LCA_MADE_MEMORY, mine);
    sem_close(sem_open(shared, O_CREAT, 0600, 0));
    lca_made_name(LCA_MADE_SEMAPHORE, shared);
    memory = shmget(IPC_PRIVATE, 4096, 0600);
    lca_made_number(LCA_MADE_MEMORY, memory, true);
    set = semget(IPC_PRIVATE, 1, 0600);
    lca_made_number(LCA_MADE_SEMAPHORE, set, true);
    lca_made_number(LCA_MADE_QUEUE, -1, true);
    LCA_APART(made(LCA_MADE_MEMORY) == 2);
    LCA_APART(made(LCA_MADE_SEMAPHORE) == 2);
    LCA_APART(made(LCA_MADE_QUEUE) == 0);
    lca_made_tidy(getpid());
    LCA_APART(shm_unlink(mine) != 0);
    LCA_APART(shmctl(memory, IPC_RMID, NULL) != 0);
    LCA_APART(semctl(set, 0, IPC_RMID) != 0);
    LCA_APART(sem_unlink(shared) == 0);
    LCA_APART(made(LCA_MADE_MEMORY) == 0);
}

static void what_was_made_is_known(void)
{
    lca_apart(makes_files);
    lca_apart(makes_what_stays);
}

static struct lca_state_now was, now;

static bool says(enum lca_state_part part, const char *sentence)
{
    char text[LCA_STATE_TEXT] = "";
    bool differs;

    lca_state_take(&now);
    differs = lca_state_differs(part, &was, &now, text) != 0;
    for (int other = 0; other < LCA_STATE_PARTS; other++)
        if (other != (int)part &&
            lca_state_differs(other, &was, &now, text))
            return false;
    lca_state_differs(part, &was, &now, text);
    if (differs && sentence && !strstr(text, sentence))
        fprintf(stderr, "\n  says '%s', not '%s'", text, sentence);
    return sentence ? differs && strstr(text, sentence) : !differs;
}

static void changes_signals(void)
{
    sigset_t set;

    lca_state_take(&was);
    LCA_APART(says(LCA_STATE_MASK, NULL));
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    LCA_APART(says(LCA_STATE_MASK, "the signal mask has SIGUSR1 more"));
    lca_state_take(&was);
    pthread_sigmask(SIG_UNBLOCK, &set, NULL);
    LCA_APART(says(LCA_STATE_MASK, "the signal mask lacks SIGUSR1"));
    lca_state_handle();
    lca_state_take(&was);
    signal(SIGALRM, SIG_IGN);
    LCA_APART(says(LCA_STATE_HANDLERS, "SIGALRM is ignored"));
    signal(SIGALRM, SIG_DFL);
    LCA_APART(says(LCA_STATE_HANDLERS, "SIGALRM has its default again"));
    lca_state_handle();
    LCA_APART(says(LCA_STATE_HANDLERS, NULL));
}

static void changes_surroundings(void)
{
    struct rlimit limit;

    lca_state_take(&was);
    umask(was.umask ^ 077);
    LCA_APART(says(LCA_STATE_UMASK, "the umask is "));
    umask(was.umask);
    LCA_APART(chdir("/") == 0 && says(LCA_STATE_FOLDER, "folder is /") &&
              chdir(was.folder) == 0);
    setenv("LASTCALL_RESIDUE", "1", 1);
    LCA_APART(says(LCA_STATE_ENVIRONMENT, "has LASTCALL_RESIDUE more"));
    lca_state_take(&was);
    setenv("LASTCALL_RESIDUE", "2", 1);
    LCA_APART(says(LCA_STATE_ENVIRONMENT, "LASTCALL_RESIDUE has another"));
    unsetenv("LASTCALL_RESIDUE");
    LCA_APART(says(LCA_STATE_ENVIRONMENT, "lacks LASTCALL_RESIDUE"));
    lca_state_take(&was);
    setlocale(LC_ALL, "C.UTF-8");
    LCA_APART(says(LCA_STATE_LOCALE, "the locale is C.UTF-8, and was C"));
    setlocale(LC_ALL, "C");
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur--;
    setrlimit(RLIMIT_NOFILE, &limit);
    LCA_APART(says(LCA_STATE_LIMITS, "RLIMIT_NOFILE"));
}

static void changes_streams(void)
{
    int null = open("/dev/null", O_RDONLY | O_CLOEXEC), ends[2];

    LCA_APART(pipe(ends) == 0 && dup2(ends[0], 0) == 0);
    lca_state_take(&was);
    fcntl(0, F_SETFL, O_NONBLOCK);
    LCA_APART(says(LCA_STATE_STREAMS, "standard input does not block"));
    fcntl(0, F_SETFL, 0);
    LCA_APART(says(LCA_STATE_STREAMS, NULL));
    LCA_APART(dup2(null, 0) == 0);
    LCA_APART(says(LCA_STATE_STREAMS, "standard input leads elsewhere"));
    close(0);
    LCA_APART(says(LCA_STATE_STREAMS, "standard input is closed"));
}

static void what_was_changed_is_told(void)
{
    lca_apart(changes_signals);
    lca_apart(changes_surroundings);
    lca_apart(changes_streams);
}

static struct lca_record record;

/* Told of the last census: the first thing of a kind. */
static const struct lca_thing *told(enum lca_what what)
{
    for (unsigned i = 0; i < record.thing_count; i++)
        if (record.things[i].what == what &&
            record.things[i].census == record.census_count - 1)
            return &record.things[i];
    return NULL;
}

static void look(uint32_t looks)
{
    static const struct lca_own_fds none;

    lca_census_take(&none, looks | LCA_LOOK_AT_ONCE, &record);
}

static void leaves_children(void)
{
    const struct lca_thing *t;
    pid_t child;

    look(LCA_LOOK_CHILDREN | LCA_LOOK_HOLDINGS);
    LCA_APART(record.census[0].children == 0);
    child = fork();
    if (child == 0)
        _exit(0);
    LCA_APART(waitid(P_PID, (id_t)child, &(siginfo_t){ 0 },
                     WEXITED | WNOWAIT) == 0);
    look(LCA_LOOK_CHILDREN);
    t = told(LCA_WHAT_children);
    LCA_APART(record.census[1].children == 1);
    LCA_APART(t && t->count == 1 && strstr(t->name, "(zombie)"));
    waitpid(child, NULL, 0);
    look(LCA_LOOK_CHILDREN);
    LCA_APART(record.census[2].children == 0 && !told(LCA_WHAT_children));
    LCA_APART(record.census[2].threads == 1);
}

static void leaves_files(void)
{
    char folder[] = "/tmp/lastcall-left-XXXXXX", name[32];
    const struct lca_thing *t;

    LCA_APART(mkdtemp(folder) && chdir(folder) == 0 && lca_made_begin());
    touch("kept");
    look(LCA_LOOK_MADE);
    touch("one.lock");
    look(LCA_LOOK_MADE);
    t = told(LCA_WHAT_files);
    LCA_APART(record.census[0].files == 1 && record.census[1].files == 2);
    LCA_APART(t && t->count == 1 && strstr(t->name, "/one.lock"));
    for (int i = 8; i < 20; i++) {
        snprintf(name, sizeof name, "reply-%d.tmp", i);
        touch(name);
    }
    look(LCA_LOOK_MADE);
    t = told(LCA_WHAT_files);
    LCA_APART(t && t->count == 12 && strstr(t->name, "/reply-*.tmp"));
    LCA_APART(system("rm one.lock kept reply-*.tmp") == 0 &&
              rmdir(folder) == 0);
}

static void *wait_for_end(void *end)
{
    char byte;

    return read(*(int *)end, &byte, 1) == 1 ? NULL : end;
}

/* A marked thread is watched; a descriptor is told by what it leads to. */
static void leaves_threads(void)
{
    const struct lca_thing *t;
    pthread_t thread;
    int ends[2];

    look(LCA_LOOK_HOLDINGS);
    LCA_APART(pipe(ends) == 0);
    LCA_APART(pthread_create(&thread, NULL, wait_for_end, ends) == 0);
    look(LCA_LOOK_HOLDINGS | LCA_LOOK_MARK);
    t = told(LCA_WHAT_fds);
    LCA_APART(t && t->count == 2 && strcmp(t->name, "pipe") == 0);
    LCA_APART(told(LCA_WHAT_threads) != NULL);
    look(LCA_LOOK_HOLDINGS);
    LCA_APART(record.census[2].marked == 1 && record.census[2].lasting == 1);
    LCA_APART(write(ends[1], "x", 1) == 1 && !pthread_join(thread, NULL));
    look(LCA_LOOK_HOLDINGS);
    LCA_APART(record.census[3].marked == 1 && record.census[3].lasting == 0);
}

/* Either of two states is as it was; a third is not. */
static void leaves_umask(void)
{
    look(LCA_LOOK_SURROUNDINGS | LCA_LOOK_BEFORE);
    umask(0123);
    look(LCA_LOOK_SURROUNDINGS | LCA_LOOK_BEFORE);
    look(LCA_LOOK_SURROUNDINGS);
    LCA_APART(record.census[2].changed == 0);
    umask(0321);
    look(LCA_LOOK_MASK);
    LCA_APART(record.census[3].changed == 0);
    look(LCA_LOOK_SURROUNDINGS);
    LCA_APART(record.census[4].changed == 1u << LCA_WHAT_UMASK);
    LCA_APART(told(LCA_WHAT_UMASK) != NULL);
    lca_residue_forget();
    look(LCA_LOOK_SURROUNDINGS);
    LCA_APART(record.census[5].changed == 0);
}

static void a_census_names_what_is_new(void)
{
    lca_apart(leaves_children);
    lca_apart(leaves_files);
    lca_apart(leaves_threads);
    lca_apart(leaves_umask);
}

static void *wait_for_word(void *pipe)
{
    char word;

    return read(*(int *)pipe, &word, 1) == 1 ? pipe : NULL;
}

static unsigned threads_named(const char *name)
{
    struct seen seen = { .name = name };

    lca_things_threads(see, &seen);
    return seen.named;
}

static void knows_what_threads_began_with(void)
{
    lca_begun_body *body = wait_for_word;
    void *given, *result = NULL;
    char began[80], module[64];
    uint64_t offset = 0;
    pthread_t id;
    int ends[2];

    LCA_APART(pipe(ends) == 0);
    given = &ends[0];
    LCA_APART(lca_maps_module((uintptr_t)wait_for_word, module, sizeof module,
                              &offset));
    snprintf(began, sizeof began, "began in %s+0x%" PRIx64, module, offset);
    LCA_APART(lca_begun_wrap(&body, &given) && body != wait_for_word);
    LCA_APART(pthread_create(&id, NULL, body, given) == 0);
    for (unsigned ms = 0; ms < 2000 && !threads_named(began); ms++)
        usleep(1000);
    LCA_APART(threads_named(began) == 1);
    LCA_APART(write(ends[1], "w", 1) == 1);
    LCA_APART(pthread_join(id, &result) == 0 && result == &ends[0]);
    LCA_APART(threads_named("began in") == 0);
}

/* Those that have ended make room; with none, a thread begins as it did. */
static void room_for_beginnings_is_bounded(void)
{
    enum { ENOUGH = 4096 };
    void *first = NULL;
    unsigned count = 0;
    lca_begun_body *body;
    void *given;

    do {
        body = wait_for_word;
        given = &count;
        count++;
    } while (count < ENOUGH && lca_begun_wrap(&body, &given) &&
             (first = first ? first : given));
    LCA_APART(count > 100 && count < ENOUGH);
    LCA_APART(body == wait_for_word && given == &count);
    lca_begun_drop(first);
    LCA_APART(lca_begun_wrap(&body, &given) && given == first);
}

static void what_threads_began_with_is_known(void)
{
    lca_apart(knows_what_threads_began_with);
    lca_apart(room_for_beginnings_is_bounded);
}

CU_TestInfo lca_residue_tests[] = {
    { "what threads began with is known", what_threads_began_with_is_known },
    { "what was made is known while it is there", what_was_made_is_known },
    { "what was changed is told", what_was_changed_is_told },
    { "a census names what is new", a_census_names_what_is_new },
    CU_TEST_INFO_NULL,
};
