/* Many WebSockets and one publisher in one process: opens, counts, times, and prints one line of JSON.
 *
 * Every message is ticked off per (socket, number): what is missing, doubled or out of order is exact. Times are of
 * one clock, from just before an update is handed to the kernel until a socket's bytes have been read.
 *
 * Arguments are name=value; see `settings` below. Linux only (epoll). Speaks to 127.0.0.1 and nothing else. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static struct {
	int port, n, updates, bytes, dead, deadbuf, cut, wide, state, http, storm, beats;
	double rate, settle, limit, idle;
	const char *path, *pubpath, *cookies, *pubcookie, *bodies, *marker, *values, *pids, *host;
} set = {.n = 10, .updates = 10, .bytes = 1024, .wide = 64, .rate = 10, .settle = 0.3, .limit = 20,
	 .path = "/", .pubpath = "/", .marker = "\"seq\":", .pids = "", .deadbuf = 4096};

enum { CLOSED, CONNECTING, UPGRADING, OPEN };

typedef struct {
	int fd, phase, dead, last, ready, revision, doomed;
	char epoch[64];
	char *kept;
	size_t have, room;
	uint64_t *seen;
	double opened;
} Sock;

static Sock *socks, chair;
static int ep, ready_count, open_count;
static long got, lost, doubled, disordered, holes, snapshots, closings, dropped, refused, reconnects, bytes_in;
static double *sent_at, *last_at, first_connect, all_open, all_ready;
static int *arrived, *value_of;
static float *delays;
static size_t delays_room;
static char **cookie_list, **body_list;
static int cookie_count, body_count;
static int published;
static float *http_times;
static int http_count;
static double http_began;

static double now(void) {
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec + t.tv_nsec / 1e9;
}

static void die(const char *format, ...) {
	va_list list;
	va_start(list, format);
	vfprintf(stderr, format, list);
	va_end(list);
	fputc('\n', stderr);
	exit(2);
}

static char *slurp(const char *path, size_t *size) {
	FILE *file = fopen(path, "rb");
	if (!file) die("cannot read %s", path);
	fseek(file, 0, SEEK_END);
	*size = ftell(file);
	rewind(file);
	char *text = malloc(*size + 1);
	if (fread(text, 1, *size, file) != *size) die("cannot read %s", path);
	text[*size] = 0;
	fclose(file);
	return text;
}

static char **lines_of(const char *path, int *count) {
	size_t size;
	char *text = slurp(path, &size), **found = NULL;
	*count = 0;
	for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
		found = realloc(found, (*count + 1) * sizeof *found);
		found[(*count)++] = line;
	}
	return found;
}

/* CPU of the servers in ns: every thread of every process named, as the scheduler counts it. */
static double cpu_of(const char *pids) {
	double sum = 0;
	char list[512];
	snprintf(list, sizeof list, "%s", pids);
	for (char *pid = strtok(list, ","); pid; pid = strtok(NULL, ",")) {
		char place[400];
		snprintf(place, sizeof place, "/proc/%s/task", pid);
		DIR *folder = opendir(place);
		if (!folder) continue;
		for (struct dirent *entry; (entry = readdir(folder));) {
			if (entry->d_name[0] == '.') continue;
			char name[700];
			snprintf(name, sizeof name, "%s/%s/schedstat", place, entry->d_name);
			FILE *file = fopen(name, "r");
			double ns;
			if (file && fscanf(file, "%lf", &ns) == 1) sum += ns;
			if (file) fclose(file);
		}
		closedir(folder);
	}
	return sum;
}

static long rss_of(const char *pids) {
	long sum = 0;
	char list[512];
	snprintf(list, sizeof list, "%s", pids);
	for (char *pid = strtok(list, ","); pid; pid = strtok(NULL, ",")) {
		char name[300], line[256];
		snprintf(name, sizeof name, "/proc/%s/status", pid);
		FILE *file = fopen(name, "r");
		if (!file) continue;
		while (fgets(line, sizeof line, file)) {
			long kb;
			if (sscanf(line, "VmRSS: %ld kB", &kb) == 1) sum += kb;
		}
		fclose(file);
	}
	return sum;
}

/* Share of both cores used by anybody, in seconds since the machine started. */
static double busy_of_machine(void) {
	FILE *file = fopen("/proc/stat", "r");
	long long user = 0, nice = 0, system = 0, idle = 0, wait = 0, irq = 0, soft = 0;
	if (!file) return 0;
	if (fscanf(file, "cpu %lld %lld %lld %lld %lld %lld %lld", &user, &nice, &system, &idle, &wait, &irq, &soft) < 7)
		user = 0;
	fclose(file);
	return (user + nice + system + irq + soft) / (double)sysconf(_SC_CLK_TCK);
}

static double own_cpu(void) {
	struct rusage use;
	getrusage(RUSAGE_SELF, &use);
	return use.ru_utime.tv_sec + use.ru_stime.tv_sec + (use.ru_utime.tv_usec + use.ru_stime.tv_usec) / 1e6;
}

static void watch(Sock *s, uint32_t what, int how) {
	struct epoll_event event = {.events = what, .data.ptr = s};
	epoll_ctl(ep, how, s->fd, &event);
}

static void write_all(Sock *s, const char *data, size_t size) {
	double until = now() + 10;
	while (size) {
		ssize_t wrote = send(s->fd, data, size, MSG_NOSIGNAL);
		if (wrote > 0) {
			data += wrote;
			size -= wrote;
		} else if (errno != EAGAIN || now() > until)
			return;
	}
}

static void say(Sock *s, int opcode, const char *text, size_t size) {
	char *frame = malloc(size + 14);
	size_t head = 2;
	frame[0] = 0x80 | opcode;
	if (size < 126)
		frame[1] = 0x80 | size;
	else if (size < 65536) {
		frame[1] = (char)(0x80 | 126);
		frame[2] = size >> 8;
		frame[3] = size & 255;
		head = 4;
	} else {
		frame[1] = (char)(0x80 | 127);
		for (int i = 0; i < 8; i++) frame[2 + i] = (uint64_t)size >> (56 - 8 * i);
		head = 10;
	}
	const unsigned char mask[4] = {0x12, 0x34, 0x56, 0x78};
	memcpy(frame + head, mask, 4);
	for (size_t i = 0; i < size; i++) frame[head + 4 + i] = text[i] ^ mask[i & 3];
	write_all(s, frame, head + 4 + size);
	free(frame);
}

static void resume(Sock *s) {
	char text[200];
	if (s->epoch[0])
		snprintf(text, sizeof text, "{\"t\":\"resume\",\"epoch\":\"%s\",\"revision\":%d}", s->epoch, s->revision);
	else
		snprintf(text, sizeof text, "{\"t\":\"resume\"}");
	say(s, 1, text, strlen(text));
}

static void begin(Sock *s) {
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(set.port)};
	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	s->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
	if (s->fd < 0) die("socket: %s", strerror(errno));
	int one = 1;
	setsockopt(s->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
	struct linger hard = {1, 0}; /* no thousands of sockets left in TIME_WAIT */
	setsockopt(s->fd, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
	if (s->dead) setsockopt(s->fd, SOL_SOCKET, SO_RCVBUF, &set.deadbuf, sizeof set.deadbuf);
	if (connect(s->fd, (struct sockaddr *)&to, sizeof to) < 0 && errno != EINPROGRESS)
		die("connect: %s", strerror(errno));
	s->phase = CONNECTING;
	s->have = 0;
	watch(s, EPOLLOUT, EPOLL_CTL_ADD);
}

static void upgrade(Sock *s) {
	char text[2048];
	const char *cookie = s == &chair ? set.pubcookie : cookie_count ? cookie_list[(s - socks) % cookie_count] : NULL;
	int size = snprintf(text, sizeof text,
			    "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
			    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
			    "Origin: http://127.0.0.1:%d\r\nUser-Agent: load\r\n%s%s%s\r\n",
			    s == &chair ? set.pubpath : set.path, set.port, set.port, cookie ? "Cookie: " : "",
			    cookie ? cookie : "", cookie ? "\r\n" : "");
	s->phase = UPGRADING;
	watch(s, EPOLLIN, EPOLL_CTL_MOD);
	write_all(s, text, size);
}

static void end(Sock *s) {
	if (s->fd >= 0) close(s->fd);
	s->fd = -1;
	s->have = 0;
	s->phase = CLOSED;
}

/* The one place that counts: socket `s` was given update `seq` at `when`. */
static void tick(Sock *s, int seq, double when) {
	if (seq < 0 || seq >= set.updates) return;
	if (s->seen[seq >> 6] >> (seq & 63) & 1) {
		doubled++;
		return;
	}
	s->seen[seq >> 6] |= 1ull << (seq & 63);
	if (seq < s->last) disordered++;
	else s->last = seq;
	if ((size_t)got == delays_room) die("more deliveries than expected");
	delays[got++] = (float)((when - sent_at[seq]) * 1e3);
	arrived[seq]++;
	last_at[seq] = when;
}

static void is_ready(Sock *s, double when) {
	if (s->ready) return;
	s->ready = 1;
	ready_count++;
	all_ready = when;
}

static int number_after(const char *text, size_t size, const char *name) {
	const char *found = memmem(text, size, name, strlen(name));
	return found ? atoi(found + strlen(name)) : -1;
}

static void heard(Sock *s, char *text, size_t size, double when) {
	int is_snapshot = 0, known = s->last;
	if (set.state) {
		if (size > 14 && !memcmp(text, "{\"t\":\"snapshot\"", 15)) is_snapshot = 1;
		else if (size < 13 || memcmp(text, "{\"t\":\"changes\"", 14)) {
			if (size > 12 && !memcmp(text, "{\"t\":\"closed\"", 13)) closings++;
			return;
		}
		size_t head = size < 250 ? size : 250;
		int revision = number_after(text, head, "\"revision\":");
		if (!is_snapshot) {
			int since = number_after(text, head, "\"since\":");
			if (s->ready && (since > s->revision || revision <= s->revision)) holes++;
		}
		s->revision = revision;
		const char *epoch = memmem(text, head, "\"epoch\":\"", 9);
		if (epoch)
			for (int i = 0; i < 63 && epoch[9 + i] != '"'; i++) s->epoch[i] = epoch[9 + i], s->epoch[i + 1] = 0;
		snapshots += is_snapshot;
	}
	if (!s->ready && (set.state || set.storm)) {
		is_ready(s, when);
		return;
	}
	size_t length = strlen(set.marker);
	for (char *at = text, *stop = text + size; (at = memmem(at, stop - at, set.marker, length)); at++) {
		int value = atoi(at + length), seq = value;
		if (value_of) {
			for (seq = s->last + 1; seq < published && value_of[seq] != value;) seq++;
			if (seq >= published) continue;
		}
		/* a snapshot repeats what was known; it makes nothing double */
		if (!is_snapshot || seq > known) tick(s, seq, when);
	}
}

/* Whole messages off the front of the bytes; how many bytes they took. */
static size_t parse(Sock *s, unsigned char *data, size_t size, double when) {
	size_t used = 0;
	if (s->phase == UPGRADING) {
		unsigned char *stop = memmem(data, size, "\r\n\r\n", 4);
		if (!stop) return 0;
		used = stop + 4 - data;
		if (memcmp(data, "HTTP/1.1 101", 12)) {
			if (s == &chair) die("the publisher was refused: %.60s", data);
			refused++;
			end(s);
			return size;
		}
		s->phase = OPEN;
		if (s != &chair) {
			open_count++;
			all_open = when;
			if (set.state) resume(s);
			else if (!set.storm) is_ready(s, when);
		}
	}
	while (size - used >= 2) {
		unsigned char *at = data + used;
		uint64_t length = at[1] & 127;
		size_t head = 2;
		if (length == 126) {
			if (size - used < 4) break;
			length = at[2] << 8 | at[3];
			head = 4;
		} else if (length == 127) {
			if (size - used < 10) break;
			length = 0;
			for (int i = 0; i < 8; i++) length = length << 8 | at[2 + i];
			head = 10;
		}
		if (size - used < head + length) break;
		if ((at[0] & 15) == 1) {
			if (s != &chair) heard(s, (char *)at + head, length, when);
		} else if ((at[0] & 15) == 9)
			say(s, 10, (char *)at + head, length);
		else if ((at[0] & 15) == 8) {
			if (s == &chair) die("the publisher was closed");
			closings++;
			end(s);
			return size;
		}
		used += head + length;
	}
	return used;
}

static char scratch[1 << 18];

static void http_answer(Sock *s, double when) {
	/* one whole answer at a time: only the length of the body matters */
	char *stop = memmem(s->kept, s->have, "\r\n\r\n", 4);
	while (stop) {
		size_t head = stop + 4 - s->kept, body = 0;
		char saved = *stop;
		*stop = 0;
		char *length = strcasestr(s->kept, "content-length:");
		int chunked = strcasestr(s->kept, "transfer-encoding: chunked") != NULL;
		int status = atoi(s->kept + 9);
		if (length) body = strtoul(length + 15, NULL, 10);
		*stop = saved;
		if (status < 200 || status > 299) die("the publisher was told: %.400s", s->kept);
		if (chunked) {
			char *last = memmem(s->kept + head, s->have - head, "0\r\n\r\n", 5);
			if (!last) return;
			body = last + 5 - (s->kept + head);
		}
		if (s->have < head + body) return;
		if (http_began) http_times[http_count++] = (float)((when - http_began) * 1e3);
		http_began = 0;
		memmove(s->kept, s->kept + head + body, s->have - head - body);
		s->have -= head + body;
		stop = memmem(s->kept, s->have, "\r\n\r\n", 4);
	}
}

static void keep(Sock *s, const void *data, size_t size) {
	if (s->have + size + 1 > s->room) {
		s->room = (s->have + size) * 2 + 1;
		s->kept = realloc(s->kept, s->room);
	}
	memcpy(s->kept + s->have, data, size);
	s->have += size;
	s->kept[s->have] = 0;
}

static void readable(Sock *s) {
	for (;;) {
		ssize_t took = recv(s->fd, scratch, sizeof scratch, 0);
		if (took < 0 && errno == EAGAIN) return;
		if (took <= 0) {
			if (s == &chair) die("the publisher's connection ended");
			if (s->phase == OPEN) closings++;
			else refused++;
			end(s);
			return;
		}
		double when = now();
		bytes_in += took;
		if (s == &chair && set.http) {
			keep(s, scratch, took);
			http_answer(s, when);
		} else if (s->have) {
			keep(s, scratch, took);
			size_t used = parse(s, (unsigned char *)s->kept, s->have, when);
			if (s->fd < 0) return;
			memmove(s->kept, s->kept + used, s->have - used);
			s->have -= used;
		} else {
			size_t used = parse(s, (unsigned char *)scratch, took, when);
			if (s->fd < 0) return;
			if (used < (size_t)took) keep(s, scratch + used, took - used);
		}
		if ((size_t)took < sizeof scratch) return;
	}
}

static void serve(int wait) {
	struct epoll_event events[512];
	int count = epoll_wait(ep, events, 512, wait);
	for (int i = 0; i < count; i++) {
		Sock *s = events[i].data.ptr;
		if (s->fd < 0) continue;
		if (s->phase == CONNECTING) {
			int problem = 0;
			socklen_t size = sizeof problem;
			getsockopt(s->fd, SOL_SOCKET, SO_ERROR, &problem, &size);
			if (problem) {
				if (s == &chair) die("the publisher cannot connect: %s", strerror(problem));
				refused++;
				end(s);
			} else if (s == &chair && set.http) {
				s->phase = OPEN;
				watch(s, EPOLLIN, EPOLL_CTL_MOD);
			} else
				upgrade(s);
		} else if (s->dead && s->ready) {
			if (events[i].events & (EPOLLHUP | EPOLLERR)) {
				dropped++;
				end(s);
			} else
				watch(s, 0, EPOLL_CTL_MOD); /* from here on it never reads */
		} else
			readable(s);
	}
}

static void publish(int seq) {
	static char *text, *request;
	if (!text) text = malloc(set.bytes + 200), request = malloc(set.bytes + 4000);
	sent_at[seq] = now();
	published = seq + 1;
	if (set.http && body_list) {
		char *body = body_list[seq % body_count];
		char *known = strstr(body, "revision=0000000000");
		if (known) {
			char digits[11];
			snprintf(digits, sizeof digits, "%010d", socks[0].revision);
			memcpy(known + 9, digits, 10);
		}
		int size = snprintf(request, set.bytes + 4000,
				    "POST %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nOrigin: http://127.0.0.1:%d\r\n"
				    "Content-Type: application/x-www-form-urlencoded\r\n%s\r\nContent-Length: %zu\r\n\r\n%s",
				    set.pubpath, set.port, set.port, set.pubcookie, strlen(body), body);
		http_began = sent_at[seq];
		write_all(&chair, request, size);
		if (known) memcpy(known + 9, "0000000000", 10);
		return;
	}
	int size = sprintf(text, "{\"seq\":%d,\"text\":\"", seq);
	for (; size < set.bytes - 2; size++) text[size] = 'a' + (size * 7 + seq) % 26;
	text[size++] = '"';
	text[size++] = '}';
	if (set.http) {
		int head = sprintf(request, "POST %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Length: %d\r\n\r\n", set.pubpath,
				   set.port, size);
		memcpy(request + head, text, size);
		http_began = sent_at[seq];
		write_all(&chair, request, head + size);
	} else
		say(&chair, 1, text, size);
}

static int by_size(const void *a, const void *b) {
	float x = *(const float *)a, y = *(const float *)b;
	return (x > y) - (x < y);
}

static void percentiles(const char *name, float *list, long count) {
	qsort(list, count, sizeof *list, by_size);
	printf("\"%s\":{\"count\":%ld", name, count);
	if (count)
		printf(",\"p50\":%.3f,\"p95\":%.3f,\"p99\":%.3f,\"max\":%.3f", list[count / 2], list[(long)(count * 0.95)],
		       list[(long)(count * 0.99)], list[count - 1]);
	printf("},");
}

int main(int argc, char **argv) {
	struct {
		const char *name;
		int *number;
		double *real;
		const char **text;
	} settings[] = {
	    {"port", &set.port, 0, 0},	     {"n", &set.n, 0, 0},		{"updates", &set.updates, 0, 0},
	    {"bytes", &set.bytes, 0, 0},     {"dead", &set.dead, 0, 0},		{"deadbuf", &set.deadbuf, 0, 0},
	    {"cut", &set.cut, 0, 0},	     {"wide", &set.wide, 0, 0},		{"state", &set.state, 0, 0},
	    {"http", &set.http, 0, 0},	     {"storm", &set.storm, 0, 0},	{"beats", &set.beats, 0, 0},
	    {"rate", 0, &set.rate, 0},		{"settle", 0, &set.settle, 0},
	    {"limit", 0, &set.limit, 0},     {"idle", 0, &set.idle, 0},		{"path", 0, 0, &set.path},
	    {"pubpath", 0, 0, &set.pubpath}, {"cookies", 0, 0, &set.cookies},	{"pubcookie", 0, 0, &set.pubcookie},
	    {"bodies", 0, 0, &set.bodies},   {"marker", 0, 0, &set.marker},	{"values", 0, 0, &set.values},
	    {"pids", 0, 0, &set.pids},
	};
	for (int i = 1; i < argc; i++) {
		char *is = strchr(argv[i], '=');
		size_t j, count = sizeof settings / sizeof *settings;
		for (j = 0; is && j < count; j++)
			if (strlen(settings[j].name) == (size_t)(is - argv[i]) && !strncmp(settings[j].name, argv[i], is - argv[i])) break;
		if (!is || j == count) die("not understood: %s", argv[i]);
		if (settings[j].number) *settings[j].number = atoi(is + 1);
		else if (settings[j].real) *settings[j].real = atof(is + 1);
		else *settings[j].text = is + 1;
	}
	if (set.cookies) cookie_list = lines_of(set.cookies, &cookie_count);
	if (set.bodies) body_list = lines_of(set.bodies, &body_count);
	if (set.values) {
		value_of = calloc(set.updates, sizeof *value_of);
		char *list = strdup(set.values), *one = strtok(list, ",");
		int values[4096], count = 0;
		for (; one && count < 4096; one = strtok(NULL, ",")) values[count++] = atoi(one);
		for (int i = 0; i < set.updates; i++) value_of[i] = values[i % count];
	}
	ep = epoll_create1(0);
	socks = calloc(set.n, sizeof *socks);
	sent_at = calloc(set.updates + 1, sizeof *sent_at);
	last_at = calloc(set.updates + 1, sizeof *last_at);
	arrived = calloc(set.updates + 1, sizeof *arrived);
	http_times = calloc(set.updates + 1, sizeof *http_times);
	delays_room = (size_t)set.n * (set.updates + 1);
	delays = malloc(delays_room * sizeof *delays);
	for (int i = 0; i < set.n; i++) {
		socks[i].fd = -1;
		socks[i].last = -1;
		socks[i].seen = calloc(set.updates / 64 + 1, sizeof(uint64_t));
		socks[i].dead = (long)i * set.dead / set.n != ((long)i + 1) * set.dead / set.n;
	}
	chair.fd = -1;
	chair.last = -1;

	/* Everybody opens: `wide` at a time, or all at once. */
	double rss_before = rss_of(set.pids), cpu_before = cpu_of(set.pids);
	first_connect = now();
	int begun = 0;
	while (ready_count + refused < set.n) {
		while (begun < set.n && (set.storm || begun - ready_count - refused < set.wide)) begin(&socks[begun++]);
		serve(10);
		if (now() - first_connect > set.limit) break;
	}
	double ramp = (all_ready ? all_ready : now()) - first_connect, ramp_open = all_open - first_connect;
	double ramp_cpu = cpu_of(set.pids) - cpu_before;
	for (double until = now() + set.settle; now() < until;) serve(10);
	double rss_open = rss_of(set.pids);

	if (set.idle > 0) {
		/* Nothing happens but signs of life: each tablet's own, spread over ten seconds. */
		double began = now(), said = 0;
		cpu_before = cpu_of(set.pids);
		while (now() - began < set.idle) {
			serve(2);
			for (; set.beats && said < (now() - began) * set.n / 10; said++) {
				Sock *s = &socks[(int)said % set.n];
				if (s->fd >= 0) say(s, 1, "{\"t\":\"beat\",\"c\":1}", 18);
			}
		}
		cpu_before = cpu_of(set.pids) - cpu_before;
	}

	double span = 0, server_cpu = 0, client_cpu = 0, others = 0;
	if (set.updates && !set.storm && set.idle <= 0) {
		begin(&chair);
		while (chair.phase != OPEN) serve(10);
		for (double until = now() + 0.1; now() < until;) serve(5);
		double busy = busy_of_machine();
		server_cpu = cpu_of(set.pids);
		client_cpu = own_cpu();
		double began = now(), next = began;
		int cut_at = set.cut ? set.updates / 4 : -1;
		while (published < set.updates) {
			double t = now();
			if (t >= next && !(set.http && http_began)) {
				publish(published);
				next += 1 / set.rate;
				if (next < t) next = t;
				if (published == cut_at)
					for (int i = 0; i < set.cut; i++) {
						Sock *s = &socks[(int)((long)i * set.n / set.cut)];
						end(s);
						reconnects++;
						begin(s);
					}
			}
			double rest = next - now();
			serve(set.http && http_began ? 1 : rest > 0.002 ? (int)(rest * 1e3) : 0);
		}
		long expected = (long)(set.n - set.dead) * set.updates;
		double until = now() + set.limit, quiet = now(), heard_last = got;
		while (now() < until && (got < expected || http_began)) {
			serve(5);
			if (got != heard_last) heard_last = got, quiet = now();
			if (now() - quiet > 5) break;
		}
		double finished = now();
		span = finished - began;
		server_cpu = cpu_of(set.pids) - server_cpu;
		client_cpu = own_cpu() - client_cpu;
		others = busy_of_machine() - busy - client_cpu - server_cpu / 1e9;
		for (double t = now() + 0.2; now() < t;) serve(5); /* what comes doubled comes now */
	}
	double rss_end = rss_of(set.pids);

	int living = set.n - set.dead, whole = 0;
	float *slowest = calloc(set.updates + 1, sizeof *slowest);
	for (int i = 0; i < set.updates && published; i++) {
		int missing = living;
		missing -= arrived[i] < living ? arrived[i] : living;
		lost += missing;
		if (!missing) slowest[whole++] = (float)((last_at[i] - sent_at[i]) * 1e3);
	}
	printf("{\"n\":%d,\"ready\":%d,\"refused\":%ld,\"expected\":%ld,\"got\":%ld,\"lost\":%ld,\"doubled\":%ld,"
	       "\"disordered\":%ld,\"holes\":%ld,\"snapshots\":%ld,\"closings\":%ld,\"dropped\":%ld,\"reconnects\":%ld,\"bytes\":%ld,",
	       set.n, ready_count, refused, (long)living * published, got, lost, doubled, disordered, holes, snapshots,
	       closings, dropped, reconnects, bytes_in);
	percentiles("each", delays, got);
	percentiles("last", slowest, whole);
	percentiles("answer", http_times, http_count);
	printf("\"ramp\":%.4f,\"ramp_open\":%.4f,\"ramp_cpu_ms\":%.3f,\"rss_before\":%.0f,\"rss_open\":%.0f,\"rss_end\":%.0f,"
	       "\"idle_cpu_ms\":%.2f,\"span\":%.3f,\"server_cpu_ms\":%.3f,\"client_cpu_ms\":%.3f,\"others\":%.3f}\n",
	       ramp, ramp_open, ramp_cpu / 1e6, rss_before, rss_open, rss_end, set.idle > 0 ? cpu_before / 1e6 : 0.0, span,
	       server_cpu / 1e6, client_cpu * 1e3, span > 0 ? others / span / sysconf(_SC_NPROCESSORS_ONLN) : 0.0);
	return 0;
}
