// What Swift needs to see of libcurl. Its setters and getters are variadic, which Swift cannot call, so each kind of
// argument has a plain function here. Nothing else belongs in this file.

#ifndef GATEHOUSE_CCURL_SHIM_H
#define GATEHOUSE_CCURL_SHIM_H

#include <curl/curl.h>

/// How libcurl hands over received bytes: the header lines one by one, and the body in pieces.
typedef size_t (*gatehouse_curl_receive)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode gatehouse_easy_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode gatehouse_easy_set_offset(CURL *handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}

/// libcurl copies the text, except for CURLOPT_POSTFIELDS, which must not be set with this.
static inline CURLcode gatehouse_easy_set_string(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode gatehouse_easy_set_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode gatehouse_easy_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode gatehouse_easy_set_receiver(CURL *handle, CURLoption option, gatehouse_curl_receive value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode gatehouse_easy_set_opener(CURL *handle, CURLoption option, curl_opensocket_callback value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode gatehouse_easy_get_long(CURL *handle, CURLINFO info, long *value) {
    return curl_easy_getinfo(handle, info, value);
}

static inline CURLMcode gatehouse_multi_set_long(CURLM *handle, CURLMoption option, long value) {
    return curl_multi_setopt(handle, option, value);
}

/// The result of a finished transfer; only right for CURLMSG_DONE.
static inline CURLcode gatehouse_message_result(const CURLMsg *message) {
    return message->data.result;
}

/// CURL_GLOBAL_DEFAULT is a compound macro, which Swift does not import.
static inline CURLcode gatehouse_global_init(void) {
    return curl_global_init(CURL_GLOBAL_DEFAULT);
}

#endif
