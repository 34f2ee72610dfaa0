/*
 * catalogue_measures: does a case measure enough to compare?
 *
 * Where there is too little to compare, a wish would be granted or broken.
 */

#ifndef LCA_CATALOGUE_MEASURES_H
#define LCA_CATALOGUE_MEASURES_H

#include "harness/model/case.h"

void lca_catalogue_measures(const struct lca_chapter *chapter,
                            const struct lca_case *c);

#endif
