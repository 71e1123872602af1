// Was once: public class Plugin : IPlugin
public static class Tool
{
    public const string Text = "class Plugin : IPlugin";
}
