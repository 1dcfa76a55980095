// libxlsxwriter, to write .xlsx files.
#include <xlsxwriter.h>
