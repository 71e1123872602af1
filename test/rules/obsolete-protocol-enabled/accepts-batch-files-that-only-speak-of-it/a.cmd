@echo off
rem [Net.ServicePointManager]::SecurityProtocol = 'Tls'
echo Set [Net.ServicePointManager]::SecurityProtocol before you call https://contoso.crm4.dynamics.com
set MAXIMUM=--tls-max 1.1
