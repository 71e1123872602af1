public abstract class ContosoStep : Microsoft.Xrm.Sdk.IPlugin
{
}
