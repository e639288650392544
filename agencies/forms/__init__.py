"""What is asked of people on the pages of agencies, seats and papers?"""
