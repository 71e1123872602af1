public class Description : PluginBase
{
}
