/*
 * errors_desk: Valgrind's XML in pieces, as rows, for the tables of
 * test_errors.c, and in words what was read of it.
 */

#ifndef LCA_ERRORS_DESK_H
#define LCA_ERRORS_DESK_H

#include "harness/model/record.h"

#include <stdbool.h>
#include <stddef.h>

/* Modules stand from the addresses 0x1000 (the subject's), 0x3000 and 0xb000
   (between), 0x5000 (the harness's), 0x7000 (nobody's), 0x9000 (the loader). */
#define START     "<?xml version=\"1.0\"?>\n\n<valgrindoutput>\n"
#define END       "</valgrindoutput>\n\n"
#define SAY(text) "<clientmsg>\n  <tid>1</tid>\n  <text>" text              \
                  "\n  </text>\n</clientmsg>\n"
#define STEP(n)   SAY("lastcall step " n)
#define COUNT(n)  SAY("lastcall count " n)
#define MODULE(m) SAY("lastcall module " m)
#define MODULES                                                             \
    MODULE("s 1000 2000 1000 subject.so") MODULE("b 3000 4000 3000 libc.so")\
    MODULE("h 5000 6000 0 ") MODULE("n 7000 8000 7000 other.so")            \
    MODULE("l 9000 a000 9000 ld.so") MODULE("b b000 c000 b000 vgpreload.so")

#define AT(ip)         "<frame><ip>0x" ip "</ip><fn>f</fn></frame>"
#define STACK(frames)  "<stack>" frames "</stack>\n"
#define AUX(text)      "<auxwhat>Address 0x1 is " text "</auxwhat>"
#define ERROR(k, rest) "<error><unique>0x0</unique><tid>1</tid><kind>" k    \
                       "</kind><what>It</what>" rest "</error>\n"
#define READ(frames)   ERROR("InvalidRead", STACK(frames))
#define LOSS(frames)   "<error><kind>Leak_DefinitelyLost</kind><xwhat>"     \
                       "<text>24 bytes</text><leakedbytes>24</leakedbytes>" \
                       "<leakedblocks>2</leakedblocks></xwhat>"             \
                       STACK(frames) "</error>"
#define FREED "0 bytes inside a block of size 24 free'd"
#define TAKEN "2 bytes after a block of size 24 alloc'd"
#define WHOLE(text) START MODULES text END


enum { LCA_XML_STEPS = 6 };     /* that ended, of the trial in hand */

struct lca_xml_row {
    const char *what;
    const char *xml;
    const char *told;           /* "InvalidRead 2 subject.so+0x10; ...": the
                                   kind, the step from 0, whose doing */
};

/* From memory of exactly that size: a sanitizer sees who reads on. */
void lca_xml_read(const char *xml, size_t length, struct lca_record *record);

/* Is every number in range, and has every string an end? */
bool lca_xml_is_sound(const struct lca_record *record);

void lca_xml_rows_hold(const struct lca_xml_row *rows, size_t count);
#define LCA_XML_ROWS_HOLD(rows)                                             \
    lca_xml_rows_hold(rows, sizeof rows / sizeof *rows)

#endif
