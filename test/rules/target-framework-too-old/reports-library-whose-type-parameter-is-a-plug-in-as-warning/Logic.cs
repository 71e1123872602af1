public abstract class Logic<T> : LogicBase
    where T : IPlugin
{
}

public class Registry : System.Collections.Generic.Dictionary<string, IPlugin>
{
}
