#pragma once
#define CURL_DISABLE_TYPECHECK
#define CURL_DISABLE_DEPRECATION
#include <curl/curl.h>
#include <dlfcn.h>
#include <stdint.h>

// libcurl is opened at run time. Naming a function inside __typeof__ does not refer to it, so nothing links.
#define CCURL_FUNCTIONS(X) \
    X(global_init) X(version_info) \
    X(easy_init) X(easy_cleanup) X(easy_setopt) X(easy_getinfo) X(easy_strerror) X(easy_send) X(easy_recv) \
    X(slist_append) X(slist_free_all) \
    X(multi_init) X(multi_cleanup) X(multi_add_handle) X(multi_remove_handle) X(multi_perform) X(multi_poll) \
    X(multi_wakeup) X(multi_info_read) X(multi_setopt)

struct ccurl_functions {
#define CCURL_MEMBER(name) __typeof__(curl_##name) *name;
    CCURL_FUNCTIONS(CCURL_MEMBER)
#undef CCURL_MEMBER
};

/// Looks every function up in a library that `dlopen` gave; returns the first one's name that is missing, or NULL.
static inline const char *ccurl_resolve(struct ccurl_functions *functions, void *library) {
#define CCURL_LOOK_UP(name) \
    functions->name = (__typeof__(functions->name))dlsym(library, "curl_" #name); \
    if (!functions->name) return "curl_" #name;
    CCURL_FUNCTIONS(CCURL_LOOK_UP)
#undef CCURL_LOOK_UP
    return NULL;
}

/// What the library can do: CURL_VERSION_… bits. The constant for "as new as the header" is a macro that Swift lacks.
static inline int ccurl_features(const struct ccurl_functions *f) {
    return f->version_info(CURLVERSION_NOW)->features;
}

// Swift cannot call variadic functions: one wrapper for each type of argument.

typedef size_t (*ccurl_write_callback)(char *data, size_t size, size_t count, void *context);

static inline CURLcode ccurl_set_long(const struct ccurl_functions *f, CURL *easy, CURLoption option, long value) {
    return f->easy_setopt(easy, option, value);
}

static inline CURLcode ccurl_set_offset(const struct ccurl_functions *f, CURL *easy, CURLoption option, int64_t value) {
    return f->easy_setopt(easy, option, (curl_off_t)value);
}

static inline CURLcode ccurl_set_string(
    const struct ccurl_functions *f, CURL *easy, CURLoption option, const char *value) {
    return f->easy_setopt(easy, option, value);
}

static inline CURLcode ccurl_set_pointer(const struct ccurl_functions *f, CURL *easy, CURLoption option, void *value) {
    return f->easy_setopt(easy, option, value);
}

static inline CURLcode ccurl_set_callback(
    const struct ccurl_functions *f, CURL *easy, CURLoption option, ccurl_write_callback value) {
    return f->easy_setopt(easy, option, value);
}

static inline CURLcode ccurl_set_open_socket(
    const struct ccurl_functions *f, CURL *easy, curl_opensocket_callback value) {
    return f->easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, value);
}

static inline CURLcode ccurl_set_blob(
    const struct ccurl_functions *f, CURL *easy, CURLoption option, const void *bytes, size_t count) {
    struct curl_blob blob = {(void *)bytes, count, CURL_BLOB_COPY};
    return f->easy_setopt(easy, option, &blob);
}

static inline CURLcode ccurl_get_long(const struct ccurl_functions *f, CURL *easy, CURLINFO info, long *value) {
    return f->easy_getinfo(easy, info, value);
}

static inline CURLcode ccurl_get_offset(const struct ccurl_functions *f, CURL *easy, CURLINFO info, int64_t *value) {
    curl_off_t offset = 0;
    CURLcode code = f->easy_getinfo(easy, info, &offset);
    *value = offset;
    return code;
}

/// The fields of the server's own certificate as `name:value`, or NULL; the handle's, until its next transfer.
static inline const struct curl_slist *ccurl_get_certificate(const struct ccurl_functions *f, CURL *easy) {
    struct curl_certinfo *chain = NULL;
    if (f->easy_getinfo(easy, CURLINFO_CERTINFO, &chain) != CURLE_OK) return NULL;
    return chain && chain->num_of_certs > 0 ? chain->certinfo[0] : NULL;
}

static inline CURLcode ccurl_get_string(
    const struct ccurl_functions *f, CURL *easy, CURLINFO info, const char **value) {
    return f->easy_getinfo(easy, info, value);
}

static inline CURLcode ccurl_get_socket(
    const struct ccurl_functions *f, CURL *easy, CURLINFO info, curl_socket_t *value) {
    return f->easy_getinfo(easy, info, value);
}

static inline CURLMcode ccurl_set_multi_long(
    const struct ccurl_functions *f, CURLM *multi, CURLMoption option, long value) {
    return f->multi_setopt(multi, option, value);
}

/// The result of a finished transfer: a member of an anonymous union in C.
static inline CURLcode ccurl_message_result(const CURLMsg *message) {
    return message->data.result;
}
