// For the scripted SMTP peer of the tests only; the product's TLS is libcurl's.
#ifndef DUBAN_COPENSSL_SHIM_H
#define DUBAN_COPENSSL_SHIM_H
#include <openssl/ssl.h>
#endif
