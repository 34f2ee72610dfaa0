#include "harness/platform/registers.h"

#include <stddef.h>
#include <ucontext.h>

#if defined(__x86_64__)
static const struct {
    const char *name;
    int index;
} rows[LCA_REGISTERS] = {
    { "rip", REG_RIP }, { "rsp", REG_RSP }, { "rbp", REG_RBP },
    { "rax", REG_RAX }, { "rdi", REG_RDI }, { "rsi", REG_RSI },
    { "rdx", REG_RDX }, { "rcx", REG_RCX }, { "r8", REG_R8 },
    { "r9", REG_R9 },
};

static uint64_t value(const mcontext_t *m, unsigned i)
{
    return (uint64_t)m->gregs[rows[i].index];
}
#elif defined(__aarch64__)
enum { PC = 32, SP = 31 };      /* behind x0 to x30 */

static const struct {
    const char *name;
    int index;
} rows[LCA_REGISTERS] = {
    { "pc", PC }, { "sp", SP }, { "fp", 29 }, { "lr", 30 }, { "x0", 0 },
    { "x1", 1 }, { "x2", 2 }, { "x3", 3 }, { "x4", 4 }, { "x5", 5 },
};

static uint64_t value(const mcontext_t *m, unsigned i)
{
    int index = rows[i].index;

    return index == PC ? m->pc : index == SP ? m->sp : m->regs[index];
}
#else
static const struct {
    const char *name;
} rows[LCA_REGISTERS];

static uint64_t value(const mcontext_t *m, unsigned i)
{
    (void)m, (void)i;
    return 0;
}
#endif

const char *lca_registers_name(unsigned i)
{
    return i < LCA_REGISTERS ? rows[i].name : NULL;
}

unsigned lca_registers_read(const void *context,
                            uint64_t values[LCA_REGISTERS])
{
    const ucontext_t *u = context;
    unsigned i = 0;

    for (; i < LCA_REGISTERS && rows[i].name; i++)
        values[i] = value(&u->uc_mcontext, i);
    return i;
}
