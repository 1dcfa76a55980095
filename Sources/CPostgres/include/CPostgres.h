// libpq (postgresql.org/docs/15/libpq.html), loaded when a database is first asked for: linked as usual, it and what it
// brings along (Kerberos, LDAP, GnuTLS) would take a quarter of the start of every command.
#ifndef DUBAN_CPOSTGRES_H
#define DUBAN_CPOSTGRES_H
#include <postgresql/libpq-fe.h>

#define DUBAN_PQ_FUNCTIONS(USE) \
  USE(PQclear) USE(PQcmdTuples) USE(PQconnectdbParams) USE(PQconninfoFree) USE(PQconninfoParse) \
  USE(PQconsumeInput) USE(PQenterPipelineMode) USE(PQerrorMessage) USE(PQexitPipelineMode) USE(PQfinish) \
  USE(PQflush) USE(PQfnumber) USE(PQfreemem) USE(PQftype) USE(PQgetResult) USE(PQgetisnull) USE(PQgetlength) \
  USE(PQgetvalue) USE(PQisBusy) USE(PQntuples) USE(PQpipelineSync) USE(PQresultErrorField) \
  USE(PQresultErrorMessage) USE(PQresultStatus) USE(PQsendPrepare) USE(PQsendQuery) USE(PQsendQueryParams) \
  USE(PQsendQueryPrepared) USE(PQsetSingleRowMode) USE(PQsetnonblocking) USE(PQsocket) USE(PQsslAttribute) \
  USE(PQstatus)

struct duban_pq {
#define USE(name) __typeof__(&name) name;
  DUBAN_PQ_FUNCTIONS(USE)
#undef USE
};

// Loads the library; ends the process where it can't be.
struct duban_pq duban_libpq(void);
#endif
