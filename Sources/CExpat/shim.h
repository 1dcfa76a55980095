// Expat, to read the XML inside .docx and .xlsx files.
#ifndef DUBAN_CEXPAT_SHIM_H
#define DUBAN_CEXPAT_SHIM_H
#include <expat.h>

// A macro of several words on Debian 13, and a function with an attribute that Swift warns of.
static inline unsigned long duban_xml_line(XML_Parser parser) { return (unsigned long)XML_GetCurrentLineNumber(parser); }
#endif
