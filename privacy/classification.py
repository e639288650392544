"""placeholder - filled once the models stand"""
