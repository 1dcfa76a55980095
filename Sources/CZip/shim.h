// libzip, to read the containers of .docx and .xlsx files.
#ifndef DUBAN_CZIP_SHIM_H
#define DUBAN_CZIP_SHIM_H
#include <zip.h>
#endif
