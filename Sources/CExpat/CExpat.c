#include "CExpat.h"
#include "CLazy.h"

#define LIBRARY "libexpat.so.1"

DUBAN_LAZY(LIBRARY, 0, XML_Parser, XML_ParserCreate, (const XML_Char *encoding), encoding)
DUBAN_LAZY_VOID(LIBRARY, XML_ParserFree, (XML_Parser parser), parser)
DUBAN_LAZY_VOID(LIBRARY, XML_SetUserData, (XML_Parser parser, void *context), parser, context)
DUBAN_LAZY_VOID(LIBRARY, XML_SetElementHandler,
                (XML_Parser parser, XML_StartElementHandler start, XML_EndElementHandler end), parser, start, end)
DUBAN_LAZY_VOID(LIBRARY, XML_SetCharacterDataHandler, (XML_Parser parser, XML_CharacterDataHandler handler), parser,
                handler)
DUBAN_LAZY(LIBRARY, XML_STATUS_ERROR, enum XML_Status, XML_Parse,
           (XML_Parser parser, const char *bytes, int count, int isLast), parser, bytes, count, isLast)
DUBAN_LAZY(LIBRARY, XML_STATUS_ERROR, enum XML_Status, XML_StopParser, (XML_Parser parser, XML_Bool isResumable),
           parser, isResumable)
DUBAN_LAZY(LIBRARY, 0, XML_Size, XML_GetCurrentLineNumber, (XML_Parser parser), parser)
