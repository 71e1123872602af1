using System;

class Program
{
    static void Main()
    {
        AppContext.SetSwitch("Switch.System.Net.DontEnableSchUseStrongCrypto", true);
//                                                                             ^^^^ appcontext-switch-in-code error SSL 3.0
    }
}
