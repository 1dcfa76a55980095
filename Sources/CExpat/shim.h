// Expat, to read the XML inside .docx and .xlsx files.
#include <expat.h>
