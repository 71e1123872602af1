[CrmPluginRegistration("Update", "account", StageEnum.PreOperation, ExecutionModeEnum.Synchronous, "name", "Check", 1, IsolationModeEnum.Sandbox)]
public class CheckAccount : StepOfAnotherAssembly
{
}
