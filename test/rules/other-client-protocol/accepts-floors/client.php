<?php
curl_setopt($handle, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_0);
