// libcrypto of OpenSSL, for its hashes; libcurl's TLS loads it anyway.
#include <openssl/sha.h>
