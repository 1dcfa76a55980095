// libzip, to read the containers of .docx and .xlsx files. It brings OpenSSL's libcrypto with it, so it is loaded when
// the first container is read.
#ifndef DUBAN_CZIP_H
#define DUBAN_CZIP_H
#include <zip.h>
#endif
