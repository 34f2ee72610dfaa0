/* report files: what becomes of files and disks, as CUnit tests. */

#ifndef LCA_REPORT_FILES_H
#define LCA_REPORT_FILES_H

void lca_reports_stream(void);
void lca_reports_give_up(void);
void lca_reports_tell_what_fails(void);
void lca_reports_meet_a_taken_name(void);
void lca_reports_meet_a_full_disk(void);
void lca_reports_use_standard_output(void);

#endif
