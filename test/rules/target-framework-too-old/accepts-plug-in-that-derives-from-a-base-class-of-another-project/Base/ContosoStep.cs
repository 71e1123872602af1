public abstract class ContosoStep : Microsoft.Xrm.Sdk.IPlugin
{
}

public abstract class AccountStep<T> : ContosoStep
{
}
