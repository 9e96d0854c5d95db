/* Preloaded into the program under test: lets the n-th write, sync or truncation below a folder fail.
 *
 * xf_arm(folder, n, error, forever): from the n-th call on (forever) or at that call alone, fail with `error`. Half of what
 * was to be written is written all the same, as when a disk runs full in the middle of a page.
 * xf_arm(folder, 0, 0, 0) only counts. xf_count(): calls so far. xf_failed(): how many were made to fail. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static char folder[PATH_MAX];
static atomic_int armed;
static atomic_long calls, failed, wanted;
static int error_number, forever;

void xf_arm(const char *below, long n, int error, int for_ever)
{
    armed = 0;
    strncpy(folder, below, sizeof folder - 1);
    calls = failed = 0;
    wanted = n;
    error_number = error;
    forever = for_ever;
    armed = 1;
}

void xf_disarm(void) { armed = 0; }
long xf_count(void) { return calls; }
long xf_failed(void) { return failed; }

static int fails(int descriptor)
{
    char link[64], path[PATH_MAX];
    if (!armed)
        return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t size = readlink(link, path, sizeof path - 1);
    if (size <= 0)
        return 0;
    path[size] = 0;
    if (strncmp(path, folder, strlen(folder)) != 0)
        return 0;
    long now = ++calls;
    if (wanted == 0 || !(now == wanted || (forever && now > wanted)))
        return 0;
    ++failed;
    return 1;
}

#define REAL(name) \
    static __typeof__(name) *real; \
    if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

ssize_t write(int descriptor, const void *content, size_t size)
{
    REAL(write);
    if (fails(descriptor)) {
        if (size > 1)
            real(descriptor, content, size / 2);
        errno = error_number;
        return -1;
    }
    return real(descriptor, content, size);
}

ssize_t pwrite(int descriptor, const void *content, size_t size, off_t at)
{
    REAL(pwrite);
    if (fails(descriptor)) {
        if (size > 1)
            real(descriptor, content, size / 2, at);
        errno = error_number;
        return -1;
    }
    return real(descriptor, content, size, at);
}

ssize_t pwrite64(int descriptor, const void *content, size_t size, off64_t at)
{
    REAL(pwrite64);
    if (fails(descriptor)) {
        if (size > 1)
            real(descriptor, content, size / 2, at);
        errno = error_number;
        return -1;
    }
    return real(descriptor, content, size, at);
}

#define ONE_ARGUMENT(name) \
    int name(int descriptor) \
    { \
        REAL(name); \
        if (fails(descriptor)) { \
            errno = error_number; \
            return -1; \
        } \
        return real(descriptor); \
    }

ONE_ARGUMENT(fsync)
ONE_ARGUMENT(fdatasync)

int ftruncate(int descriptor, off_t size)
{
    REAL(ftruncate);
    if (fails(descriptor)) {
        errno = error_number;
        return -1;
    }
    return real(descriptor, size);
}

int ftruncate64(int descriptor, off64_t size)
{
    REAL(ftruncate64);
    if (fails(descriptor)) {
        errno = error_number;
        return -1;
    }
    return real(descriptor, size);
}
