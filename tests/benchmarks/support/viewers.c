// Very many viewers of one room: EventSource connections held open by a few processes, which count
// what comes in and how late. A test tool; tests/benchmarks/support/viewers.py builds and runs it.
//
//   viewers HOST PORT PATH VIEWERS PROCESSES
//
// Prints "READY n" once n viewers are let in, goes on until its input ends, waits for what is still
// under way, and prints "RESULT events received doubled closed" and "LATENCY ms:count ...".
// An event carries "n": its number from 1, and "sent_ns": CLOCK_REALTIME when it was sent.

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

enum { LINE = 1024, BUCKETS = 10001, OPENING = 256, OF_AN_ADDRESS = 20000, PATIENCE_S = 10 };

struct viewer { int fd, last, filled; char open, line[LINE]; };

// Shared by all processes. A latency's bucket is its whole milliseconds; the last one has the rest.
struct tally {
    atomic_long ready, received, doubled, closed, newest, latency[BUCKETS];
    atomic_int ending;
};

static struct tally *tally;
static struct sockaddr_in edge;
static char request[512];

static void fail(const char *what) { perror(what); exit(1); }

static long now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return t.tv_sec * 1000000000L + t.tv_nsec;
}

static void take_event(struct viewer *v, const char *line) {
    const char *number = strstr(line, "\"n\":"), *sent = strstr(line, "\"sent_ns\":");
    if (!number || !sent) return;
    long n = atol(number + 4), late_ms = (now_ns() - atol(sent + 10)) / 1000000;
    if (n <= v->last) { tally->doubled++; return; }
    v->last = n;
    tally->received++;
    tally->latency[late_ms < 0 ? 0 : late_ms < BUCKETS ? late_ms : BUCKETS - 1]++;
    for (long seen = tally->newest; seen < n && !atomic_compare_exchange_weak(&tally->newest, &seen, n);) ;
}

static void take_line(struct viewer *v) {
    v->line[v->filled] = 0;
    if (!strncmp(v->line, "HTTP/1.1 200", 12)) { v->open = 1; tally->ready++; }
    if (!strncmp(v->line, "data:", 5)) take_event(v, v->line);
    v->filled = 0;
}

// Everything that is there now; 0 when the edge has closed the connection.
static int take(struct viewer *v) {
    char bytes[4096];
    for (;;) {
        ssize_t got = read(v->fd, bytes, sizeof bytes);
        if (got < 0) return errno == EAGAIN;
        if (got == 0) return 0;
        for (ssize_t i = 0; i < got; i++) {
            if (bytes[i] == '\n') take_line(v);
            else if (v->filled < LINE - 1) v->line[v->filled++] = bytes[i];
        }
        if (got < (ssize_t)sizeof bytes) return 1;
    }
}

static void open_viewer(struct viewer *v, int number, int poller) {
    // Source addresses 127.0.1.x: each has ports of its own.
    struct sockaddr_in from = {.sin_family = AF_INET};
    from.sin_addr.s_addr = htonl(0x7f000101 + number / OF_AN_ADDRESS);
    int one = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (fd < 0) fail("socket");
    setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof one);
    if (bind(fd, (struct sockaddr *)&from, sizeof from)) fail("bind");
    if (connect(fd, (struct sockaddr *)&edge, sizeof edge) && errno != EINPROGRESS) fail("connect");
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLONESHOT, .data.ptr = v};
    v->fd = fd;
    if (epoll_ctl(poller, EPOLL_CTL_ADD, fd, &event)) fail("epoll_ctl");
}

static void serve(struct viewer *v, unsigned events, int poller) {
    if (events & EPOLLOUT) { // connected: ask, and from now on listen
        if (write(v->fd, request, strlen(request)) != (ssize_t)strlen(request)) fail("ask");
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = v};
        epoll_ctl(poller, EPOLL_CTL_MOD, v->fd, &event);
        return;
    }
    if (take(v)) return;
    tally->closed++;
    close(v->fd);
}

static void hold(int first, int count) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    struct viewer *viewers = calloc(count, sizeof *viewers);
    struct epoll_event events[512];
    int poller = epoll_create1(0), opened = 0, let_in = 0;
    while (!tally->ending) {
        for (; opened < count && opened - let_in < OPENING; opened++)
            open_viewer(&viewers[opened], first + opened, poller);
        int ready = epoll_wait(poller, events, 512, 100);
        for (int i = 0; i < ready; i++) {
            struct viewer *v = events[i].data.ptr;
            char before = v->open;
            serve(v, events[i].events, poller);
            let_in += v->open - before;
        }
    }
    exit(0);
}

static void await_rest(long viewers) {
    for (int tenths = 0; tenths < PATIENCE_S * 10; tenths++) {
        if (tally->received >= tally->newest * viewers) break;
        usleep(100000);
    }
}

int main(int argc, char **argv) {
    if (argc != 6) return 2;
    int viewers = atoi(argv[4]), processes = atoi(argv[5]);
    edge = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons(atoi(argv[2]))};
    inet_pton(AF_INET, argv[1], &edge.sin_addr);
    snprintf(request, sizeof request,
             "GET %s HTTP/1.1\r\nHost: %s\r\nAccept: text/event-stream\r\n\r\n", argv[3], argv[1]);
    tally = mmap(NULL, sizeof *tally, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (tally == MAP_FAILED) fail("mmap");
    for (int i = 0; i < processes; i++) {
        int first = (long)viewers * i / processes, next = (long)viewers * (i + 1) / processes;
        if (fork() == 0) hold(first, next - first);
    }
    for (int tenths = 0; tally->ready < viewers && tenths < 600; tenths++) usleep(100000);
    printf("READY %ld\n", (long)tally->ready);
    fflush(stdout);
    while (getchar() != EOF) ;
    await_rest(viewers);
    tally->ending = 1;
    while (wait(NULL) > 0) ;
    printf("RESULT %ld %ld %ld %ld\nLATENCY", (long)tally->newest, (long)tally->received,
           (long)tally->doubled, (long)tally->closed);
    for (int ms = 0; ms < BUCKETS; ms++)
        if (tally->latency[ms]) printf(" %d:%ld", ms, (long)tally->latency[ms]);
    puts("");
    return 0;
}
