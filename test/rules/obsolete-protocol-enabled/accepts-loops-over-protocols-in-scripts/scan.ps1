foreach ($protocol in 'Ssl3', 'Tls', 'Tls11', 'Tls12') {
  [Net.ServicePointManager]::SecurityProtocol = $protocol
  Test-Connection $server
}
'Tls', 'Tls11' | ForEach-Object { [Net.ServicePointManager]::SecurityProtocol = $_ }
