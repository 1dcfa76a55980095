// libcrypto of OpenSSL, for its hashes; libcurl's TLS loads it anyway.
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>
