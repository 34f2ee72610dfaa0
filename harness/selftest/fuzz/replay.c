/*
 * replay: has a fuzz target read every file of the folders and files named,
 * and nothing at all. Without libFuzzer, so that any compiler can.
 */

#include "harness/selftest/fuzz/fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

/* Gives 1 if it was read. The name is said first: a claim ends the program. */
static unsigned replay_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    struct stat info;
    size_t size = 0;
    uint8_t *bytes = NULL;

    if (file && fstat(fileno(file), &info) == 0 && S_ISREG(info.st_mode))
        bytes = malloc(info.st_size ? (size_t)info.st_size : 1);
    if (bytes)
        size = fread(bytes, 1, (size_t)info.st_size, file);
    if (file)
        fclose(file);
    if (!bytes || size != (size_t)info.st_size) {
        fprintf(stderr, "replay: cannot read '%s'\n", path);
        free(bytes);
        return 0;
    }
    printf("%s\n", path);
    fflush(stdout);
    LLVMFuzzerTestOneInput(bytes, size);
    free(bytes);
    return 1;
}

/* A folder's files but the hidden ones; false: one could not be read. */
static bool replay_folder(DIR *folder, const char *path, unsigned *count)
{
    const struct dirent *entry;
    bool good = true;

    while ((entry = readdir(folder))) {
        struct lca_text name = { 0 };
        unsigned read = 0;

        if (entry->d_name[0] == '.')
            continue;
        lca_text_print(&name, "%s/%s", path, entry->d_name);
        if (!name.failed)
            read = replay_file(name.bytes);
        good = good && read;
        *count += read;
        lca_text_free(&name);
    }
    return good;
}

int main(int argc, char **argv)
{
    bool good = argc > 1;

    LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
    for (int i = 1; i < argc; i++) {
        DIR *folder = opendir(argv[i]);
        unsigned count = 0;

        if (folder) {
            good = replay_folder(folder, argv[i], &count) && good;
            closedir(folder);
        } else {
            count = replay_file(argv[i]);
        }
        if (count == 0)
            fprintf(stderr, "replay: nothing to read in '%s'\n", argv[i]);
        good = good && count;
    }
    return good ? 0 : 2;
}
