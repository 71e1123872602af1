public class Plugin : Microsoft.Xrm.Sdk.IPlugin
{
    public void Execute(System.IServiceProvider serviceProvider)
    {
    }
}
