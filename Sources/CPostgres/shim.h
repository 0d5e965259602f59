#ifndef CPOSTGRES_SHIM_H
#define CPOSTGRES_SHIM_H

#include <libpq-fe.h>
#include <poll.h>

/// Waits until a socket can be read (or written): above 0 when it can, 0 when the time passed, below 0 on an error.
static inline int cpostgres_wait(int socket, int for_writing, int milliseconds) {
    struct pollfd descriptor = {.fd = socket, .events = (short)(for_writing ? POLLOUT : POLLIN), .revents = 0};
    return poll(&descriptor, 1, milliseconds);
}

#endif
