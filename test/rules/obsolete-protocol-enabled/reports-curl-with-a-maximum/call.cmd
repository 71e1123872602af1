@echo off
curl --tlsv1.0 --tls-max 1.1 ^
# @16-29 obsolete-protocol-enabled error
  https://contoso.crm4.dynamics.com/api/data/v9.2/
