$client = 'HKLM:\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols\TLS 1.2\Client'
if ($Enable) {
  Set-ItemProperty $client Enabled 1 -Type DWord
} else {
  Set-ItemProperty $client Enabled 0 -Type DWord
}
