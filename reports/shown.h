/*
 * shown: what a report makes of an opinion
 *
 * A clause of level MAY or INFO is never failed. Whatever was noted about it
 * is shown as a skip with that note; only BROKEN stays what it is, because
 * then nothing is known. Every format asks here, so that their totals agree.
 */

#ifndef LCA_SHOWN_H
#define LCA_SHOWN_H

#include "harness/model/event.h"

enum lca_verdict lca_shown(const struct lca_event *event);

#endif
