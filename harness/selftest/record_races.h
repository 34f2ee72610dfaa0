/* record races: what the record of steps that are in hand together says. */

#ifndef LCA_RECORD_RACES_H
#define LCA_RECORD_RACES_H

void lca_record_beside(void);
void lca_record_named(void);

#endif
