// libzip, to read the containers of .docx and .xlsx files.
#include <zip.h>
