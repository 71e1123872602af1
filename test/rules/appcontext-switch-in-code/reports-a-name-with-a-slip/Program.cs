using System;

class Program
{
    static void Main()
    {
        AppContext.SetSwitch("Switch.System.Net.DontEnableSystemDefaultTlsVersion", false);
//                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ appcontext-switch-in-code warning TlsVersions
    }
}
