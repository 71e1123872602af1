public class View : PluginControlBase
{
}
