[Enum]::GetValues('Net.SecurityProtocolType') | Where-Object { $_ -gt 'Tls11' } | ForEach-Object {
  [Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -bor $_
}
