function Test-Protocol($Stream, $HostName, $Protocol) {
  $ssl = [System.Net.Security.SslStream]::new($Stream)
  $ssl.AuthenticateAsClient($HostName, $null, $Protocol, $false)
}
foreach ($name in 'Tls', 'Tls11', 'Tls12') { Test-Protocol $stream $server $name }
