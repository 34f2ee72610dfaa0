#include "harness/platform/made.h"

#include "harness/platform/scratch.h"
#include "harness/platform/shared.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <mqueue.h>
#include <sched.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ROWS = 2048, NAME = 192, PATIENCE = 1000, MANY = 64, FEW = 8 };

/* A name, or a number of the system's. */
struct row {
    unsigned char kind;
    bool numbered;
    bool private;
    int number;
    uint64_t hash;
    char name[NAME];
};

struct table {
    atomic_flag taken;
    unsigned count;
    struct row rows[ROWS];
};

/* Of every process that is forked from where it began; NULL: nowhere. */
static struct table *made;

bool lca_made_begin(void)
{
    made = lca_shared_new(sizeof *made);
    if (made)
        atomic_flag_clear(&made->taken);
    return made != NULL;
}

static bool is_there(const struct row *r)
{
    struct shmid_ds memory;
    struct msqid_ds queue;
    struct stat status;
    char path[NAME + 32];
    mqd_t opened;

    if (r->numbered && r->kind == LCA_MADE_MEMORY)
        return shmctl(r->number, IPC_STAT, &memory) == 0 || errno == EACCES;
    if (r->numbered && r->kind == LCA_MADE_QUEUE)
        return msgctl(r->number, IPC_STAT, &queue) == 0 || errno == EACCES;
    if (r->numbered)
        return semctl(r->number, 0, GETPID) >= 0 || errno == EACCES;
    if (r->kind == LCA_MADE_QUEUE) {
        opened = mq_open(r->name, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
        if (opened != (mqd_t)-1)
            mq_close(opened);
        return opened != (mqd_t)-1 || errno == EACCES;
    }
    snprintf(path, sizeof path, "%s%s",
             r->kind == LCA_MADE_MEMORY      ? "/dev/shm/"
             : r->kind == LCA_MADE_SEMAPHORE ? "/dev/shm/sem."
                                             : "",
             r->kind == LCA_MADE_FILE ? r->name
                                      : r->name + strspn(r->name, "/"));
    return lstat(path, &status) == 0;
}

/* Who was killed while he had it has it for ever: then nobody waits. */
static bool take(void)
{
    for (int i = 0; i < PATIENCE; i++) {
        if (!atomic_flag_test_and_set(&made->taken))
            return true;
        sched_yield();
    }
    return false;
}

/* Those that are gone make room. */
static void sweep(void)
{
    unsigned kept = 0;

    for (unsigned i = 0; i < made->count; i++)
        if (is_there(&made->rows[i]))
            made->rows[kept++] = made->rows[i];
    made->count = kept;
}

static bool is_known(const struct row *r)
{
    for (unsigned i = 0; i < made->count; i++)
        if (made->rows[i].hash == r->hash && made->rows[i].kind == r->kind &&
            strcmp(made->rows[i].name, r->name) == 0)
            return true;
    return false;
}

static void keep(struct row *r)
{
    int saved = errno;

    r->hash = lca_things_hash(0, r->name, (uint32_t)strlen(r->name));
    if (take()) {
        if (!is_known(r)) {
            if (made->count == ROWS)
                sweep();
            if (made->count < ROWS)
                made->rows[made->count++] = *r;
        }
        atomic_flag_clear(&made->taken);
    }
    errno = saved;
}

void lca_made_name(enum lca_made kind, const char *name)
{
    struct row row = { .kind = (unsigned char)kind };

    if (!made || !name || strlen(name) >= sizeof row.name)
        return;
    strcpy(row.name, name);
    keep(&row);
}

void lca_made_number(enum lca_made kind, int number, bool private)
{
    struct row row = { .kind = (unsigned char)kind, .numbered = true,
                       .private = private, .number = number };

    if (!made || number < 0)
        return;
    snprintf(row.name, sizeof row.name, "%d", number);
    keep(&row);
}

static bool is_meant_to_stay(const char *path)
{
    const char *name = strrchr(path, '/');

    name = name ? name + 1 : path;
    for (const char *at = name; *at; at++)
        if (strncasecmp(at, ".log", 4) == 0)
            return true;
    path = lca_scratch_short(path);
    return strncmp(path, "home/config/", 12) == 0 ||
           strncmp(path, "home/data/", 10) == 0 ||
           strncmp(path, "/dev/", 5) == 0 || strncmp(path, "/proc/", 6) == 0;
}

/* Where the C library keeps shared memory, others may open it by path. */
static void note_path(const char *path)
{
    static const char shared[] = "/dev/shm";

    if (strncmp(path, shared, sizeof shared - 1) == 0)
        lca_made_name(LCA_MADE_MEMORY, path + sizeof shared - 1);
    else if (!is_meant_to_stay(path))
        lca_made_name(LCA_MADE_FILE, path);
}

void lca_made_at(int folder, const char *path)
{
    char whole[PATH_MAX], link[64], base[PATH_MAX] = "";
    int saved = errno;

    if (!made || !path)
        return;
    if (*path == '/') {
        snprintf(whole, sizeof whole, "%s", path);
    } else if (folder == AT_FDCWD) {
        if (!getcwd(base, sizeof base))
            *base = '\0';
    } else {
        snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
        if (readlink(link, base, sizeof base - 1) < 0)
            *base = '\0';
    }
    if (*path == '/' ||
        (*base && strlen(base) + strlen(path) + 2 < sizeof whole &&
         snprintf(whole, sizeof whole, "%.*s/%s", NAME, base, path) > 0))
        note_path(whole);
    errno = saved;
}

void lca_made_path(const char *path)
{
    lca_made_at(AT_FDCWD, path);
}

static void show(const struct row *r, lca_things_see *see, void *context)
{
    uint64_t identity = lca_things_hash(r->hash, &r->kind, 1);

    see(context, identity, r->numbered ? "of System V"
                           : r->kind == LCA_MADE_FILE
                           ? lca_scratch_short(r->name)
                           : r->name);
}

void lca_made_each(enum lca_made kind, lca_things_see *see, void *context)
{
    if (!made || !take())
        return;
    sweep();
    for (unsigned i = 0; i < made->count; i++)
        if (made->rows[i].kind == kind)
            show(&made->rows[i], see, context);
    atomic_flag_clear(&made->taken);
}

static void remove_one(const struct row *r)
{
    struct shmid_ds memory;

    if (!r->numbered && r->kind == LCA_MADE_MEMORY)
        shm_unlink(r->name);
    else if (!r->numbered && r->kind == LCA_MADE_SEMAPHORE)
        sem_unlink(r->name);
    else if (!r->numbered && r->kind == LCA_MADE_QUEUE)
        mq_unlink(r->name);
    else if (r->kind == LCA_MADE_SEMAPHORE)
        semctl(r->number, 0, IPC_RMID);
    else if (r->kind == LCA_MADE_QUEUE)
        msgctl(r->number, IPC_RMID, NULL);
    else if (r->numbered && shmctl(r->number, IPC_STAT, &memory) == 0 &&
             memory.shm_nattch == 0)
        shmctl(r->number, IPC_RMID, NULL);
}

/* "/vendor-123-7" is of process 123. */
static bool has_number(const char *name, int32_t pid)
{
    char digits[16];
    size_t length = (size_t)snprintf(digits, sizeof digits, "%d", (int)pid);

    for (const char *at = strstr(name, digits); at;
         at = strstr(at + 1, digits))
        if ((at == name || !isdigit((unsigned char)at[-1])) &&
            !isdigit((unsigned char)at[length]))
            return true;
    return false;
}

/* A trial may have written over all of it. */
void lca_made_tidy(int32_t pid)
{
    unsigned seen[LCA_MADE_COUNT] = { 0 }, all[LCA_MADE_COUNT] = { 0 };

    if (!made || made->count == 0)
        return;
    if (made->count > ROWS)
        made->count = ROWS;
    for (unsigned i = 0; i < made->count; i++) {
        made->rows[i].name[NAME - 1] = '\0';
        made->rows[i].kind %= LCA_MADE_COUNT;
        all[made->rows[i].kind] += !made->rows[i].numbered;
    }
    for (unsigned i = 0; i < made->count; i++) {
        const struct row *r = &made->rows[i];
        bool beyond = all[r->kind] > MANY && ++seen[r->kind] > FEW;

        if (r->kind == LCA_MADE_FILE)
            continue;
        if (r->numbered ? r->private : beyond || has_number(r->name, pid))
            remove_one(r);
    }
    made->count = 0;
    atomic_flag_clear(&made->taken);
}
