<?php
$context = stream_context_create(['ssl' => ['crypto_method' => STREAM_CRYPTO_METHOD_TLSv1_0_CLIENT]]);
//                                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ other-client-protocol warning
