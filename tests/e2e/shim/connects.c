/* LD_PRELOAD: writes a line into the file named by ENCUENTRO_CONNECTS for each connection or datagram that the program
   sends over the network (AF_INET, AF_INET6). The proof that the server opens none, and its own counter-proof. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

static void record(const char *call, const struct sockaddr *to) {
  const char *file = getenv("ENCUENTRO_CONNECTS");
  if (to == NULL || file == NULL || (to->sa_family != AF_INET && to->sa_family != AF_INET6)) return;
  int saved = errno;
  int out = open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (out >= 0) {
    if (write(out, call, strlen(call)) < 0) abort();
    close(out);
  }
  errno = saved;
}

int connect(int handle, const struct sockaddr *to, socklen_t size) {
  static int (*real)(int, const struct sockaddr *, socklen_t);
  if (real == NULL) real = (int (*)(int, const struct sockaddr *, socklen_t))dlsym(RTLD_NEXT, "connect");
  record("connect\n", to);
  return real(handle, to, size);
}

ssize_t sendto(int handle, const void *bytes, size_t count, int flags, const struct sockaddr *to, socklen_t size) {
  static ssize_t (*real)(int, const void *, size_t, int, const struct sockaddr *, socklen_t);
  if (real == NULL)
    real = (ssize_t(*)(int, const void *, size_t, int, const struct sockaddr *, socklen_t))dlsym(RTLD_NEXT, "sendto");
  record("sendto\n", to);
  return real(handle, bytes, count, flags, to, size);
}

ssize_t sendmsg(int handle, const struct msghdr *message, int flags) {
  static ssize_t (*real)(int, const struct msghdr *, int);
  if (real == NULL) real = (ssize_t(*)(int, const struct msghdr *, int))dlsym(RTLD_NEXT, "sendmsg");
  record("sendmsg\n", (const struct sockaddr *)message->msg_name);
  return real(handle, message, flags);
}
