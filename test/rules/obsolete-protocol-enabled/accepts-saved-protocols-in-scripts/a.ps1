$saved = [Net.ServicePointManager]::SecurityProtocol
try {
  [Net.ServicePointManager]::SecurityProtocol = 'Tls12'
} finally {
  [Net.ServicePointManager]::SecurityProtocol = $saved
}
