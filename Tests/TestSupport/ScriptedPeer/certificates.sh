#!/bin/sh
# Makes an authority and the certificates of TestCertificate.Kind in the folder $1: NAME.pem and NAME.key.
set -eu
cd "$1"
exec 2>openssl.log

key() { openssl ecparam -name prime256v1 -genkey -noout -out "$1.key"; }

key authority
openssl req -new -x509 -key authority.key -out authority.pem -days 30 -subj "/O=duban test/CN=duban test authority"

# Takes NAME, subjectAltName, first and last day (YYYYMMDDhhmmssZ).
issue() {
  key "$1"
  openssl req -new -key "$1.key" -out "$1.csr" -subj "/CN=relay.example.org"
  printf '[ext]\nsubjectAltName=%s\n' "$2" >"$1.cnf"
  mkdir "$1.ca" && : >"$1.ca/index.txt"
  printf '[ca]\ndefault_ca=own\n[own]\ndatabase=%s.ca/index.txt\nnew_certs_dir=%s.ca\nrand_serial=yes\npolicy=any\ndefault_md=sha256\n[any]\ncommonName=supplied\n' "$1" "$1" >"$1.ca.cnf"
  openssl ca -batch -config "$1.ca.cnf" -in "$1.csr" -out "$1.pem" -cert authority.pem -keyfile authority.key \
    -notext -extfile "$1.cnf" -extensions ext -startdate "$3" -enddate "$4"
}

today=$(date -u +%Y%m%d000000Z)
next=$(date -u -d '+30 days' +%Y%m%d000000Z)
issue good "DNS:localhost,IP:127.0.0.1" "$today" "$next"
issue expired "DNS:localhost,IP:127.0.0.1" 20200101000000Z 20210101000000Z
issue wrongName "DNS:other.example.org" "$today" "$next"
key selfSigned
openssl req -new -x509 -key selfSigned.key -out selfSigned.pem -days 30 -subj "/CN=localhost" \
  -addext "subjectAltName=DNS:localhost,IP:127.0.0.1"
