if ($Legacy) { $protocol = 'Tls' } else { $protocol = 'Tls12' }
[Net.ServicePointManager]::SecurityProtocol = $protocol
