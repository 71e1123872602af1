public class Plugin : IPlugin
{
}
