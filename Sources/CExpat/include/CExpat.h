// Expat, to read the XML inside .docx and .xlsx files; loaded when the first part is read.
#ifndef DUBAN_CEXPAT_H
#define DUBAN_CEXPAT_H
#include <expat.h>
#endif
